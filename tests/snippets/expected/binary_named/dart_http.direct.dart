// Needs: dart pub add http
// Reads my_photo.png from the folder it is run in.
import 'dart:io';
import 'package:http/http.dart' as http;

Future<void> main() async {
  final request = http.Request('PUT', Uri.parse('https://api.stripe.com/v1/things'));
  request.headers['Content-Type'] = 'image/png';
  request.bodyBytes = await File('my_photo.png').readAsBytes();

  final response = await http.Response.fromStream(await request.send());
  print(response.statusCode);
  print(response.body);
}
