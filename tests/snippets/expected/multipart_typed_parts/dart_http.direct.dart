// Needs: dart pub add http
// Reads raw from the folder it is run in.
import 'dart:convert';
import 'dart:io';
import 'dart:typed_data';
import 'package:http/http.dart' as http;

Future<void> main() async {
  final request = http.Request('POST', Uri.parse('https://api.stripe.com/v1/things'));
  request.headers['Content-Type'] = 'multipart/form-data; boundary=boundary-1f';
  final body = BytesBuilder();
  body.add(utf8.encode('--boundary-1f\r\nContent-Disposition: form-data; name="meta"\r\nContent-Type: application/json\r\nX-Part: 1\r\n\r\n{"a":1}\r\n--boundary-1f\r\nContent-Disposition: form-data; name="f"; filename="raw"\r\n\r\n'));
  body.add(await File('raw').readAsBytes());
  body.add(utf8.encode('\r\n--boundary-1f--\r\n'));
  request.bodyBytes = body.takeBytes();

  final response = await http.Response.fromStream(await request.send());
  print(response.statusCode);
  print(response.body);
}
