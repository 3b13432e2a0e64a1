// Reads txt from the folder it is run in.
import Foundation
#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

var body = Data()
body.append(Data("--boundary-1f\r\nContent-Disposition: form-data; name=\"f\"; filename=\"he%22l'lo;$(touch canary)`touch canary`\\.txt\"\r\nContent-Type: text/plain\r\n\r\n".utf8))
body.append(try Data(contentsOf: URL(fileURLWithPath: "txt")))
body.append(Data("\r\n--boundary-1f--\r\n".utf8))

var request = URLRequest(url: URL(string: "https://api.stripe.com/v1/things")!)
request.httpMethod = "POST"
request.setValue("multipart/form-data; boundary=boundary-1f", forHTTPHeaderField: "Content-Type")
request.httpBody = body

let (data, response) = try await URLSession.shared.data(for: request)
print((response as! HTTPURLResponse).statusCode)
print(String(decoding: data, as: UTF8.self))
