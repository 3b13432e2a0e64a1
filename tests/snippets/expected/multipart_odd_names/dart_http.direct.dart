// Needs: dart pub add http
import 'dart:convert';
import 'dart:typed_data';
import 'package:http/http.dart' as http;

Future<void> main() async {
  final request = http.Request('POST', Uri.parse('https://api.stripe.com/v1/things'));
  request.headers['Content-Type'] = 'multipart/form-data; boundary=boundary-1f';
  final body = BytesBuilder();
  body.add(base64.decode('LS1ib3VuZGFyeS0xZg0KQ29udGVudC1EaXNwb3NpdGlvbjogZm9ybS1kYXRhOyBuYW1lPSJhPWIiDQoNCjENCi0tYm91bmRhcnktMWYNCkNvbnRlbnQtRGlzcG9zaXRpb246IGZvcm0tZGF0YTsgbmFtZT0icSUyMnVvdGUiDQoNCjINCi0tYm91bmRhcnktMWYNCkNvbnRlbnQtRGlzcG9zaXRpb246IGZvcm0tZGF0YTsgbmFtZT0ibGluZSUwRCUwQWVuZCINCg0KMw0KNA0KLS1ib3VuZGFyeS0xZg0KQ29udGVudC1EaXNwb3NpdGlvbjogZm9ybS1kYXRhOyBuYW1lPSLDqSINCg0KAP8NCi0tYm91bmRhcnktMWYtLQ0K'));
  request.bodyBytes = body.takeBytes();

  final response = await http.Response.fromStream(await request.send());
  print(response.statusCode);
  print(response.body);
}
