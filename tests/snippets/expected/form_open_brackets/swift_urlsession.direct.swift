import Foundation
#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

let fields = [
    "line_items[0][price_data][currency]=usd",
    "line_items[0][quantity]=2",
    "name=It%27s",
    "",
    "",
]
let body = Data(fields.joined(separator: "&").utf8)

var request = URLRequest(url: URL(string: "https://api.stripe.com/v1/things")!)
request.httpMethod = "POST"
request.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
request.httpBody = body

let (data, response) = try await URLSession.shared.data(for: request)
print((response as! HTTPURLResponse).statusCode)
print(String(decoding: data, as: UTF8.self))
