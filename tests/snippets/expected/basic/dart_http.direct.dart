// Needs: dart pub add http
import 'dart:convert';
import 'dart:io';
import 'package:http/http.dart' as http;

Future<void> main() async {
  final request = http.Request('GET', Uri.parse('https://api.stripe.com/v1/things'));
  final credentials = base64.encode(utf8.encode('${Platform.environment['STRIPE_USERNAME']!}:${Platform.environment['STRIPE_PASSWORD']!}'));
  request.headers['Authorization'] = 'Basic $credentials';

  final response = await http.Response.fromStream(await request.send());
  print(response.statusCode);
  print(response.body);
}
