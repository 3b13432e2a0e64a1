// Needs: dart pub add http
import 'package:http/http.dart' as http;

Future<void> main() async {
  final request = http.Request('DELETE', Uri.parse('https://api.stripe.com/v1/things?id=1&id=2&by=a-b_c.d'));

  final response = await http.Response.fromStream(await request.send());
  print(response.statusCode);
  print(response.body);
}
