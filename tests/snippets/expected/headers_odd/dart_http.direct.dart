// Needs: dart pub add http
// dart:io sends header fields in ASCII; X-Accents is left out here.
import 'package:http/http.dart' as http;

Future<void> main() async {
  final request = http.Request('GET', Uri.parse('https://api.stripe.com/v1/things'));
  request.headers['X-Empty'] = '';
  request.headers['X-Semicolon'] = ';';
  request.headers['X-Quotes'] = '\'"\\ `touch canary` \$HOME \$(touch canary) \${process.exit(3)} #{x} {{}} %s %d \\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a';
  request.headers['x-Lower'] = '@file';
  request.headers['1-Digit'] = '2';
  request.headers['X-Comma'] = 'a, b';
  request.headers['X-Back'] = '\\';

  final response = await http.Response.fromStream(await request.send());
  print(response.statusCode);
  print(response.body);
}
