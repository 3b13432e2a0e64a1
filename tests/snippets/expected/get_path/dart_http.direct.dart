// Needs: dart pub add http
import 'package:http/http.dart' as http;

Future<void> main() async {
  final request = http.Request('GET', Uri.parse('https://api.stripe.com/v1/a%20b%2Fc;v=1+x/%C3%A9/%24%28touch%20canary%29/\$(touch)'));

  final response = await http.Response.fromStream(await request.send());
  print(response.statusCode);
  print(response.body);
}
