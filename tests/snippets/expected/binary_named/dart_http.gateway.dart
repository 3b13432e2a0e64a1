// Needs: dart pub add http
import 'dart:convert';
import 'package:http/http.dart' as http;

Future<void> main() async {
  final request = http.Request('POST', Uri.parse('http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession'));
  request.headers['Content-Type'] = 'application/json';
  request.bodyBytes = utf8.encode(r'''
{
  "body": {
    "filename": "my photo.png",
    "content_type": "application/octet-stream",
    "content": "iVBORw0KGgoAASciJCh4Kf8="
  }
}''');

  final response = await http.Response.fromStream(await request.send());
  print(response.statusCode);
  print(response.body);
}
