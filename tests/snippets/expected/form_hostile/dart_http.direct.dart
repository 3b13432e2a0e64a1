// Needs: dart pub add http
import 'dart:convert';
import 'package:http/http.dart' as http;

Future<void> main() async {
  final request = http.Request('POST', Uri.parse('https://api.stripe.com/v1/things'));
  request.headers['Content-Type'] = 'application/x-www-form-urlencoded';
  request.bodyBytes = utf8.encode([
    '%27%22%5C+%60touch+canary%60+%24HOME+%24%28touch+canary%29+%24%7Bprocess.exit%283%29%7D+%23%7Bx%7D+%7B%7B%7D%7D+%25s+%25d+%5Cn+%21%21+~+%2A+%3F+%5Bx%5D+%7Ba%2Cb%7D+%3CEOF%3E+%2A%2F+%3C%2Fscript%3E+%3C%21--+--%3E+%250a=%27%22%5C+%60touch+canary%60+%24HOME+%24%28touch+canary%29+%24%7Bprocess.exit%283%29%7D+%23%7Bx%7D+%7B%7B%7D%7D+%25s+%25d+%5Cn+%21%21+~+%2A+%3F+%5Bx%5D+%7Ba%2Cb%7D+%3CEOF%3E+%2A%2F+%3C%2Fscript%3E+%3C%21--+--%3E+%250a',
    '__proto__=a%E2%80%AEb%E2%80%8Bc%C2%A0d%EF%BB%BF',
    '~%2A-._=~%2A-._%C3%A9',
  ].join('&'));

  final response = await http.Response.fromStream(await request.send());
  print(response.statusCode);
  print(response.body);
}
