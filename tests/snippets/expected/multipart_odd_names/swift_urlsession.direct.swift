import Foundation
#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

var body = Data()
body.append(Data(base64Encoded: "LS1ib3VuZGFyeS0xZg0KQ29udGVudC1EaXNwb3NpdGlvbjogZm9ybS1kYXRhOyBuYW1lPSJhPWIiDQoNCjENCi0tYm91bmRhcnktMWYNCkNvbnRlbnQtRGlzcG9zaXRpb246IGZvcm0tZGF0YTsgbmFtZT0icSUyMnVvdGUiDQoNCjINCi0tYm91bmRhcnktMWYNCkNvbnRlbnQtRGlzcG9zaXRpb246IGZvcm0tZGF0YTsgbmFtZT0ibGluZSUwRCUwQWVuZCINCg0KMw0KNA0KLS1ib3VuZGFyeS0xZg0KQ29udGVudC1EaXNwb3NpdGlvbjogZm9ybS1kYXRhOyBuYW1lPSLDqSINCg0KAP8NCi0tYm91bmRhcnktMWYtLQ0K")!)

var request = URLRequest(url: URL(string: "https://api.stripe.com/v1/things")!)
request.httpMethod = "POST"
request.setValue("multipart/form-data; boundary=boundary-1f", forHTTPHeaderField: "Content-Type")
request.httpBody = body

let (data, response) = try await URLSession.shared.data(for: request)
print((response as! HTTPURLResponse).statusCode)
print(String(decoding: data, as: UTF8.self))
