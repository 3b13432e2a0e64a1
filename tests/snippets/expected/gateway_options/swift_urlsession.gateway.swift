// This is the wrapped form of a call, which gateways other than Playground's may not know.
// A secret with a quotation mark or backslash in it must be escaped as in JSON.
import Foundation
#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

let environment = ProcessInfo.processInfo.environment

let body = Data(#"""
{
  "args": {
    "q": "it's"
  },
  "credential": {
    "type": "bearer_token",
    "token": "\#(environment["STRIPE_API_KEY"]!)"
  },
  "options": {
    "server": "https://eu.example.com/v1",
    "media_type": "text/plain"
  }
}
"""#.utf8)

var request = URLRequest(url: URL(string: "http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession")!)
request.httpMethod = "POST"
request.setValue("application/json", forHTTPHeaderField: "Content-Type")
request.httpBody = body

let (data, response) = try await URLSession.shared.data(for: request)
print((response as! HTTPURLResponse).statusCode)
print(String(decoding: data, as: UTF8.self))
