import Foundation
#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

let body = Data("tags=a+b&tags=c%26d&amp=x%26y%3Dz%2Bw&empty=&7=7".utf8)

var request = URLRequest(url: URL(string: "https://api.stripe.com/v1/things")!)
request.httpMethod = "POST"
request.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
request.httpBody = body

let (data, response) = try await URLSession.shared.data(for: request)
print((response as! HTTPURLResponse).statusCode)
print(String(decoding: data, as: UTF8.self))
