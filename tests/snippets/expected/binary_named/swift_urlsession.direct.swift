// Reads my_photo.png from the folder it is run in.
import Foundation
#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

let body = try Data(contentsOf: URL(fileURLWithPath: "my_photo.png"))

var request = URLRequest(url: URL(string: "https://api.stripe.com/v1/things")!)
request.httpMethod = "PUT"
request.setValue("image/png", forHTTPHeaderField: "Content-Type")
request.httpBody = body

let (data, response) = try await URLSession.shared.data(for: request)
print((response as! HTTPURLResponse).statusCode)
print(String(decoding: data, as: UTF8.self))
