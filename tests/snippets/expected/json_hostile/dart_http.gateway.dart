// Needs: dart pub add http
import 'dart:convert';
import 'package:http/http.dart' as http;

Future<void> main() async {
  final request = http.Request('POST', Uri.parse('http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession'));
  request.headers['Content-Type'] = 'application/json';
  request.bodyBytes = utf8.encode('{\n  "__proto__": {\n    "a": 1\n  },\n  "\'\\"\\\\ `touch canary` \$HOME \$(touch canary) \${process.exit(3)} #{x} {{}} %s %d \\\\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a": "\'\\"\\\\ `touch canary` \$HOME \$(touch canary) \${process.exit(3)} #{x} {{}} %s %d \\\\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a",\n  "2": "index",\n  "10": null,\n  "1": true,\n  "line\\r\\nend": "\u{2028}\u{2029}\\t\\u001b[31m\u{7F}",\n  "bidi": "a\u{202E}b\u{200B}c\u{A0}d\u{FEFF}",\n  "emoji": "🎉 ❤\u{FE0F} é 漢字",\n  "delete": [\n    [],\n    {},\n    "",\n    false\n  ],\n  "constructor": -1.5\n}');

  final response = await http.Response.fromStream(await request.send());
  print(response.statusCode);
  print(response.body);
}
