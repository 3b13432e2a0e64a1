// Needs: dart pub add http
import 'dart:io';
import 'package:http/http.dart' as http;

Future<void> main() async {
  final request = http.Request('GET', Uri.parse('https://api.stripe.com/v1/maps?key=${Uri.encodeQueryComponent(Platform.environment['MAPS_KEY']!)}'));

  final response = await http.Response.fromStream(await request.send());
  print(response.statusCode);
  print(response.body);
}
