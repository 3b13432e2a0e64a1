# Fill in: session
import http.client

connection = http.client.HTTPSConnection("api.stripe.com")
connection.request("GET", "/v1/sessions/{session}")
response = connection.getresponse()
print(response.status, response.read().decode())
