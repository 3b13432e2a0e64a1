import Foundation
#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

var request = URLRequest(url: URL(string: "https://api.stripe.com/v1/things?empty=&bare&a=%26%3D%2B%25%23&a=2&f%5Bstatus%5D=x%20y+z&u=%C3%A9")!)
request.httpMethod = "GET"

let (data, response) = try await URLSession.shared.data(for: request)
print((response as! HTTPURLResponse).statusCode)
print(String(decoding: data, as: UTF8.self))
