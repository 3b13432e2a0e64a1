import Foundation
#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

let environment = ProcessInfo.processInfo.environment

let body = Data(#"{"q":1}"#.utf8)

var request = URLRequest(url: URL(string: "https://api.stripe.com/v1/pins/\(environment["STRIPE_PIN"]!.addingPercentEncoding(withAllowedCharacters: .alphanumerics)!)?pin=\(environment["STRIPE_QUERY_PIN"]!.addingPercentEncoding(withAllowedCharacters: .alphanumerics)!)&page=2")!)
request.httpMethod = "POST"
request.setValue("Bearer \(environment["STRIPE_API_KEY"]!)", forHTTPHeaderField: "Authorization")
request.setValue("application/json", forHTTPHeaderField: "Content-Type")
request.httpBody = body

let (data, response) = try await URLSession.shared.data(for: request)
print((response as! HTTPURLResponse).statusCode)
print(String(decoding: data, as: UTF8.self))
