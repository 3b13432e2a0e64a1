// Needs: dart pub add http
import 'package:http/http.dart' as http;

Future<void> main() async {
  final request = http.Request('GET', Uri.parse('https://api.stripe.com/v1/things?empty=&bare&a=%26%3D%2B%25%23&a=2&f%5Bstatus%5D=x%20y+z&u=%C3%A9'));

  final response = await http.Response.fromStream(await request.send());
  print(response.statusCode);
  print(response.body);
}
