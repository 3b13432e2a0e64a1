// Needs: dart pub add http
import 'package:http/http.dart' as http;

Future<void> main() async {
  final request = http.Request('POST', Uri.parse('https://api.stripe.com/v1/things'));
  request.headers['Content-Type'] = 'text/plain; charset=utf-8';

  final response = await http.Response.fromStream(await request.send());
  print(response.statusCode);
  print(response.body);
}
