// Needs: dart pub add http
import 'dart:io';
import 'package:http/http.dart' as http;

Future<void> main() async {
  final request = http.Request('DELETE', Uri.parse('https://api.stripe.com/v1/keys?limit=3&key=${Uri.encodeQueryComponent(Platform.environment['MAPS_KEY']!)}&passwd=${Uri.encodeQueryComponent(Platform.environment['STRIPE_PASSWD']!)}'));

  final response = await http.Response.fromStream(await request.send());
  print(response.statusCode);
  print(response.body);
}
