import http.client
import json

connection = http.client.HTTPSConnection("api.stripe.com")
connection.request(
    "GET",
    "/v1/things",
    body=json.dumps({"q": 1}, separators=(",", ":")),
    headers={"Content-Type": "application/json"},
)
response = connection.getresponse()
print(response.status, response.read().decode())
