// Needs: dart pub add http
import 'package:http/http.dart' as http;

Future<void> main() async {
  final request = http.Request('GET', Uri.parse('https://api.stripe.com/v1/things'));
  request.headers['Cookie'] = 'theme=dark; it=it\'s; list=%5B%22a%22%5D; \$x=`y`';

  final response = await http.Response.fromStream(await request.send());
  print(response.statusCode);
  print(response.body);
}
