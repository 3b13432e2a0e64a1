// URLSession may change header fields that are not ASCII: X-Accents.
import Foundation
#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

var request = URLRequest(url: URL(string: "https://api.stripe.com/v1/things")!)
request.httpMethod = "GET"
request.setValue("", forHTTPHeaderField: "X-Empty")
request.setValue(";", forHTTPHeaderField: "X-Semicolon")
request.setValue("'\"\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a", forHTTPHeaderField: "X-Quotes")
request.setValue("@file", forHTTPHeaderField: "x-Lower")
request.setValue("é 漢", forHTTPHeaderField: "X-Accents")
request.setValue("2", forHTTPHeaderField: "1-Digit")
request.setValue("a, b", forHTTPHeaderField: "X-Comma")
request.setValue("\\", forHTTPHeaderField: "X-Back")

let (data, response) = try await URLSession.shared.data(for: request)
print((response as! HTTPURLResponse).statusCode)
print(String(decoding: data, as: UTF8.self))
