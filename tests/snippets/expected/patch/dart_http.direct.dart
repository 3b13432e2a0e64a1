// Needs: dart pub add http
import 'dart:convert';
import 'dart:io';
import 'package:http/http.dart' as http;

Future<void> main() async {
  final request = http.Request('PATCH', Uri.parse('https://api.stripe.com/v1/things'));
  request.headers['Authorization'] = 'Bearer ${Platform.environment['STRIPE_API_KEY']!}';
  request.headers['Content-Type'] = 'application/json';
  request.bodyBytes = utf8.encode('{"name":"Zoë"}');

  final response = await http.Response.fromStream(await request.send());
  print(response.statusCode);
  print(response.body);
}
