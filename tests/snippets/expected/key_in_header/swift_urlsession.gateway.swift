import Foundation
#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

let environment = ProcessInfo.processInfo.environment

let body = Data(#"{"q":"x"}"#.utf8)

var request = URLRequest(url: URL(string: "http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession")!)
request.httpMethod = "POST"
request.setValue("application/json", forHTTPHeaderField: "Content-Type")
request.setValue("\(environment["MAPS_KEY"]!)", forHTTPHeaderField: "X-Api-Key")
request.httpBody = body

let (data, response) = try await URLSession.shared.data(for: request)
print((response as! HTTPURLResponse).statusCode)
print(String(decoding: data, as: UTF8.self))
