import Foundation
#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

let body = Data("{\"__proto__\":{\"a\":1},\"'\\\"\\\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\\\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a\":\"'\\\"\\\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\\\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a\",\"2\":\"index\",\"10\":null,\"1\":true,\"line\\r\\nend\":\"\u{2028}\u{2029}\\t\\u001b[31m\u{7F}\",\"bidi\":\"a\u{202E}b\u{200B}c\u{A0}d\u{FEFF}\",\"emoji\":\"🎉 ❤\u{FE0F} é 漢字\",\"delete\":[[],{},\"\",false],\"constructor\":-1.5}".utf8)

var request = URLRequest(url: URL(string: "https://api.stripe.com/v1/things")!)
request.httpMethod = "POST"
request.setValue("application/json", forHTTPHeaderField: "Content-Type")
request.httpBody = body

let (data, response) = try await URLSession.shared.data(for: request)
print((response as! HTTPURLResponse).statusCode)
print(String(decoding: data, as: UTF8.self))
