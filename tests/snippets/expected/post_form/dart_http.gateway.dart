// Needs: dart pub add http
import 'dart:convert';
import 'dart:io';
import 'package:http/http.dart' as http;

Future<void> main() async {
  final request = http.Request('POST', Uri.parse('http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession'));
  request.headers['Content-Type'] = 'application/json';
  request.headers['Authorization'] = 'Bearer ${Platform.environment['STRIPE_API_KEY']!}';
  request.bodyBytes = utf8.encode(r'''
{
  "session": "cs_test_a1B2c3",
  "line_items": [
    {
      "quantity": 2,
      "price_data": {
        "currency": "usd",
        "unit_amount": 1500,
        "product": "prod_123"
      }
    }
  ],
  "metadata": {
    "order": "6735"
  }
}''');

  final response = await http.Response.fromStream(await request.send());
  print(response.statusCode);
  print(response.body);
}
