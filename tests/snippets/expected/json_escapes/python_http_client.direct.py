import http.client

connection = http.client.HTTPSConnection("api.stripe.com")
connection.request(
    "POST",
    "/v1/things",
    body='{"a":"\\ud800","slash":"\\/","e":"\\u00e9"}',
    headers={"Content-Type": "application/json"},
)
response = connection.getresponse()
print(response.status, response.read().decode())
