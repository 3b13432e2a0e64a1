import Foundation
#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

let environment = ProcessInfo.processInfo.environment

let body = Data("{}".utf8)

var request = URLRequest(url: URL(string: "http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession")!)
request.httpMethod = "POST"
let credentials = Data("\(environment["STRIPE_USERNAME"]!):\(environment["STRIPE_PASSWORD"]!)".utf8).base64EncodedString()
request.setValue("Basic \(credentials)", forHTTPHeaderField: "Authorization")
request.setValue("application/json", forHTTPHeaderField: "Content-Type")
request.httpBody = body

let (data, response) = try await URLSession.shared.data(for: request)
print((response as! HTTPURLResponse).statusCode)
print(String(decoding: data, as: UTF8.self))
