// Needs: dart pub add http
import 'dart:convert';
import 'package:http/http.dart' as http;

Future<void> main() async {
  final request = http.Request('POST', Uri.parse('https://api.stripe.com/v1/things'));
  request.headers['Content-Type'] = 'application/json';
  request.bodyBytes = utf8.encode('{"small":1e-7,"large":1e+21,"plain":100,"point":0.000001,"x":9007199254740991}');

  final response = await http.Response.fromStream(await request.send());
  print(response.statusCode);
  print(response.body);
}
