import http.client

connection = http.client.HTTPSConnection("api.stripe.com")
connection.request(
    "POST",
    "/v1/things",
    body="a=x%20y/z'&&b",
    headers={"Content-Type": "application/x-www-form-urlencoded"},
)
response = connection.getresponse()
print(response.status, response.read().decode())
