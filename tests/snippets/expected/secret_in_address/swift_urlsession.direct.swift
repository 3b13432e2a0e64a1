import Foundation
#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

let environment = ProcessInfo.processInfo.environment

var request = URLRequest(url: URL(string: "https://api.stripe.com/v1/keys/\(environment["STRIPE_PASSWD"]!.addingPercentEncoding(withAllowedCharacters: .alphanumerics)!)/uses;by=a?limit=3&passwd=\(environment["MAPS_KEY"]!.addingPercentEncoding(withAllowedCharacters: .alphanumerics)!)&page=2")!)
request.httpMethod = "GET"

let (data, response) = try await URLSession.shared.data(for: request)
print((response as! HTTPURLResponse).statusCode)
print(String(decoding: data, as: UTF8.self))
