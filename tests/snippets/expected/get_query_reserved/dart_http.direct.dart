// Needs: dart pub add http
// Uri rewrites parts of this address: dot segments, escapes it finds needless or missing.
import 'package:http/http.dart' as http;

Future<void> main() async {
  final request = http.Request('GET', Uri.parse('https://api.stripe.com/v1/things?filter[a]=1,2&set={x}|y&path=a/b?c:@!\$()*;'));

  final response = await http.Response.fromStream(await request.send());
  print(response.statusCode);
  print(response.body);
}
