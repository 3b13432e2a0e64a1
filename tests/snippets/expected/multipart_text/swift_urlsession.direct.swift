import Foundation
#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

var body = Data()
body.append(Data("--boundary-1f\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nIt's $HOME\r\n--boundary-1f\r\nContent-Disposition: form-data; name=\"at\"\r\n\r\n@/etc/passwd;type=x\r\n--boundary-1f\r\nContent-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n--boundary-1f--\r\n".utf8))

var request = URLRequest(url: URL(string: "https://api.stripe.com/v1/things")!)
request.httpMethod = "POST"
request.setValue("multipart/form-data; boundary=boundary-1f", forHTTPHeaderField: "Content-Type")
request.httpBody = body

let (data, response) = try await URLSession.shared.data(for: request)
print((response as! HTTPURLResponse).statusCode)
print(String(decoding: data, as: UTF8.self))
