// Needs: dart pub add http
import 'dart:io';
import 'package:http/http.dart' as http;

Future<void> main() async {
  final request = http.Request('GET', Uri.parse('https://api.stripe.com/v1/things'));
  request.headers['X-Client-Secret'] = '${Platform.environment['STRIPE_API_KEY']!}';
  request.headers['X-Page'] = '2';
  request.headers['Cookie'] = 'theme=dark; token=${Platform.environment['MAPS_KEY']!}; a=b';

  final response = await http.Response.fromStream(await request.send());
  print(response.statusCode);
  print(response.body);
}
