// Needs: dart pub add http
import 'dart:convert';
import 'package:http/http.dart' as http;

Future<void> main() async {
  final request = http.Request('POST', Uri.parse('https://api.stripe.com/v1/things'));
  request.headers['Content-Type'] = 'application/x-www-form-urlencoded';
  request.bodyBytes = utf8.encode('tags=a+b&tags=c%26d&amp=x%26y%3Dz%2Bw&empty=&7=7');

  final response = await http.Response.fromStream(await request.send());
  print(response.statusCode);
  print(response.body);
}
