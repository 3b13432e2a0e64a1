import http.client

connection = http.client.HTTPSConnection("api.stripe.com")
connection.request(
    "POST",
    "/v1/things",
    body='{"a":1.0,"b":1E5,"c":12345678901234567890,"d":-0,"e":1e400,"f":0.1}',
    headers={"Content-Type": "application/json"},
)
response = connection.getresponse()
print(response.status, response.read().decode())
