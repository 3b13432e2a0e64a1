// Needs: dart pub add http
import 'dart:convert';
import 'dart:io';
import 'package:http/http.dart' as http;

Future<void> main() async {
  final request = http.Request('POST', Uri.parse('https://api.stripe.com/v1/checkout/sessions/cs_test_a1B2c3'));
  request.headers['Authorization'] = 'Bearer ${Platform.environment['STRIPE_API_KEY']!}';
  request.headers['Content-Type'] = 'application/x-www-form-urlencoded';
  request.bodyBytes = utf8.encode([
    'line_items%5B0%5D%5Bprice_data%5D%5Bcurrency%5D=usd',
    'line_items%5B0%5D%5Bprice_data%5D%5Bunit_amount%5D=1500',
    'line_items%5B0%5D%5Bquantity%5D=2',
    'metadata%5Border%5D=6735',
  ].join('&'));

  final response = await http.Response.fromStream(await request.send());
  print(response.statusCode);
  print(response.body);
}
