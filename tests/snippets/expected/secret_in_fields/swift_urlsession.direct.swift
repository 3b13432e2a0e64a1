import Foundation
#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

let environment = ProcessInfo.processInfo.environment

var request = URLRequest(url: URL(string: "https://api.stripe.com/v1/things")!)
request.httpMethod = "GET"
request.setValue("\(environment["STRIPE_API_KEY"]!)", forHTTPHeaderField: "X-Client-Secret")
request.setValue("2", forHTTPHeaderField: "X-Page")
request.setValue("theme=dark; token=\(environment["MAPS_KEY"]!); a=b", forHTTPHeaderField: "Cookie")

let (data, response) = try await URLSession.shared.data(for: request)
print((response as! HTTPURLResponse).statusCode)
print(String(decoding: data, as: UTF8.self))
