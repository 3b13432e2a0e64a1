// Needs: dart pub add http
import 'dart:io';
import 'package:http/http.dart' as http;

Future<void> main() async {
  final request = http.Request('GET', Uri.parse('https://api.stripe.com/v1/customers?limit=3&starting_after=cus_1'));
  request.headers['Authorization'] = 'Bearer ${Platform.environment['STRIPE_API_KEY']!}';

  final response = await http.Response.fromStream(await request.send());
  print(response.statusCode);
  print(response.body);
}
