// Needs: dart pub add http
import 'dart:convert';
import 'dart:io';
import 'package:http/http.dart' as http;

Future<void> main() async {
  final request = http.Request('POST', Uri.parse('https://api.stripe.com/v1/pins/${Uri.encodeComponent(Platform.environment['STRIPE_PIN']!)}?pin=${Uri.encodeQueryComponent(Platform.environment['STRIPE_QUERY_PIN']!)}&page=2'));
  request.headers['Authorization'] = 'Bearer ${Platform.environment['STRIPE_API_KEY']!}';
  request.headers['Content-Type'] = 'application/json';
  request.bodyBytes = utf8.encode('{"q":1}');

  final response = await http.Response.fromStream(await request.send());
  print(response.statusCode);
  print(response.body);
}
