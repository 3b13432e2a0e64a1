import Foundation
#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

let environment = ProcessInfo.processInfo.environment

var request = URLRequest(url: URL(string: "https://api.stripe.com/v1/things")!)
request.httpMethod = "GET"
request.setValue("\(environment["MAPS_KEY"]!)", forHTTPHeaderField: "X-Key")

let (data, response) = try await URLSession.shared.data(for: request)
print((response as! HTTPURLResponse).statusCode)
print(String(decoding: data, as: UTF8.self))
