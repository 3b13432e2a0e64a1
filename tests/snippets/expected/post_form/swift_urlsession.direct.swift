import Foundation
#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

let environment = ProcessInfo.processInfo.environment

let fields = [
    "line_items%5B0%5D%5Bprice_data%5D%5Bcurrency%5D=usd",
    "line_items%5B0%5D%5Bprice_data%5D%5Bunit_amount%5D=1500",
    "line_items%5B0%5D%5Bquantity%5D=2",
    "metadata%5Border%5D=6735",
]
let body = Data(fields.joined(separator: "&").utf8)

var request = URLRequest(url: URL(string: "https://api.stripe.com/v1/checkout/sessions/cs_test_a1B2c3")!)
request.httpMethod = "POST"
request.setValue("Bearer \(environment["STRIPE_API_KEY"]!)", forHTTPHeaderField: "Authorization")
request.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
request.httpBody = body

let (data, response) = try await URLSession.shared.data(for: request)
print((response as! HTTPURLResponse).statusCode)
print(String(decoding: data, as: UTF8.self))
