// Needs: dart pub add http
import 'dart:convert';
import 'dart:typed_data';
import 'package:http/http.dart' as http;

Future<void> main() async {
  final request = http.Request('POST', Uri.parse('https://api.stripe.com/v1/things'));
  request.headers['Content-Type'] = 'multipart/form-data; boundary=boundary-1f';
  final body = BytesBuilder();
  body.add(utf8.encode('--boundary-1f\r\nContent-Disposition: form-data; name="title"\r\n\r\nIt\'s \$HOME\r\n--boundary-1f\r\nContent-Disposition: form-data; name="at"\r\n\r\n@/etc/passwd;type=x\r\n--boundary-1f\r\nContent-Disposition: form-data; name="empty"\r\n\r\n\r\n--boundary-1f--\r\n'));
  request.bodyBytes = body.takeBytes();

  final response = await http.Response.fromStream(await request.send());
  print(response.statusCode);
  print(response.body);
}
