import http.client

connection = http.client.HTTPSConnection("api.stripe.com")
connection.request(
    "POST",
    "/v1/things",
    body="no type",
)
response = connection.getresponse()
print(response.status, response.read().decode())
