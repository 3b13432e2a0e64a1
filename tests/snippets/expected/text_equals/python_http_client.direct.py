import http.client

connection = http.client.HTTPSConnection("api.stripe.com")
connection.request(
    "POST",
    "/v1/things",
    body="=1+1",
    headers={"Content-Type": "text/plain; charset=utf-8"},
)
response = connection.getresponse()
print(response.status, response.read().decode())
