import Foundation
#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

let environment = ProcessInfo.processInfo.environment

var request = URLRequest(url: URL(string: "https://api.stripe.com/v1/customers?limit=3&starting_after=cus_1")!)
request.httpMethod = "GET"
request.setValue("Bearer \(environment["STRIPE_API_KEY"]!)", forHTTPHeaderField: "Authorization")

let (data, response) = try await URLSession.shared.data(for: request)
print((response as! HTTPURLResponse).statusCode)
print(String(decoding: data, as: UTF8.self))
