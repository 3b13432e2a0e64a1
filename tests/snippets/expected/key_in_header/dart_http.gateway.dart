// Needs: dart pub add http
import 'dart:convert';
import 'dart:io';
import 'package:http/http.dart' as http;

Future<void> main() async {
  final request = http.Request('POST', Uri.parse('http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession'));
  request.headers['Content-Type'] = 'application/json';
  request.headers['X-Api-Key'] = '${Platform.environment['MAPS_KEY']!}';
  request.bodyBytes = utf8.encode('{"q":"x"}');

  final response = await http.Response.fromStream(await request.send());
  print(response.statusCode);
  print(response.body);
}
