// URL refuses some characters of this address; they are percent-encoded here.
import Foundation
#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

var request = URLRequest(url: URL(string: "https://api.stripe.com/v1/things?filter%5Ba%5D=1,2&set=%7Bx%7D%7Cy&path=a/b?c:@!$()*;")!)
request.httpMethod = "GET"

let (data, response) = try await URLSession.shared.data(for: request)
print((response as! HTTPURLResponse).statusCode)
print(String(decoding: data, as: UTF8.self))
