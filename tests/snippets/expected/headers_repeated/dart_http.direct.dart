// Needs: dart pub add http
// package:http cannot repeat a header field: X-Many is joined into one.
import 'package:http/http.dart' as http;

Future<void> main() async {
  final request = http.Request('GET', Uri.parse('https://api.stripe.com/v1/things'));
  request.headers['X-Many'] = 'a, b';
  request.headers['X-Other'] = 'o';

  final response = await http.Response.fromStream(await request.send());
  print(response.statusCode);
  print(response.body);
}
