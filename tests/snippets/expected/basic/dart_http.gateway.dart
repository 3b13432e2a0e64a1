// Needs: dart pub add http
import 'dart:convert';
import 'dart:io';
import 'package:http/http.dart' as http;

Future<void> main() async {
  final request = http.Request('POST', Uri.parse('http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession'));
  final credentials = base64.encode(utf8.encode('${Platform.environment['STRIPE_USERNAME']!}:${Platform.environment['STRIPE_PASSWORD']!}'));
  request.headers['Authorization'] = 'Basic $credentials';
  request.headers['Content-Type'] = 'application/json';
  request.bodyBytes = utf8.encode('{}');

  final response = await http.Response.fromStream(await request.send());
  print(response.statusCode);
  print(response.body);
}
