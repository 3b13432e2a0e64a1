// Needs: dart pub add http
import 'dart:io';
import 'package:http/http.dart' as http;

Future<void> main() async {
  final request = http.Request('GET', Uri.parse('https://api.stripe.com/v1/keys/${Uri.encodeComponent(Platform.environment['STRIPE_PASSWD']!)}/uses;by=a?limit=3&passwd=${Uri.encodeQueryComponent(Platform.environment['MAPS_KEY']!)}&page=2'));

  final response = await http.Response.fromStream(await request.send());
  print(response.statusCode);
  print(response.body);
}
