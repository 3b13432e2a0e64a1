import Foundation
#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

let environment = ProcessInfo.processInfo.environment

let body = Data(#"""
{
  "session": "cs_test_a1B2c3",
  "line_items": [
    {
      "quantity": 2,
      "price_data": {
        "currency": "usd",
        "unit_amount": 1500,
        "product": "prod_123"
      }
    }
  ],
  "metadata": {
    "order": "6735"
  }
}
"""#.utf8)

var request = URLRequest(url: URL(string: "http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession")!)
request.httpMethod = "POST"
request.setValue("application/json", forHTTPHeaderField: "Content-Type")
request.setValue("Bearer \(environment["STRIPE_API_KEY"]!)", forHTTPHeaderField: "Authorization")
request.httpBody = body

let (data, response) = try await URLSession.shared.data(for: request)
print((response as! HTTPURLResponse).statusCode)
print(String(decoding: data, as: UTF8.self))
