// This is the wrapped form of a call, which gateways other than Playground's may not know.
// Needs: dart pub add http
// A secret with a quotation mark or backslash in it must be escaped as in JSON.
import 'dart:convert';
import 'dart:io';
import 'package:http/http.dart' as http;

Future<void> main() async {
  final request = http.Request('POST', Uri.parse('http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession'));
  request.headers['Content-Type'] = 'application/json';
  request.bodyBytes = utf8.encode(r'''
{
  "args": {
    "q": "it's"
  },
  "credential": {
    "type": "bearer_token",
    "token": "''' + Platform.environment['STRIPE_API_KEY']! + r'''
"
  },
  "options": {
    "server": "https://eu.example.com/v1",
    "media_type": "text/plain"
  }
}''');

  final response = await http.Response.fromStream(await request.send());
  print(response.statusCode);
  print(response.body);
}
