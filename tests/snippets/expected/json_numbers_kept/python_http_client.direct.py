import http.client

connection = http.client.HTTPSConnection("api.stripe.com")
connection.request(
    "POST",
    "/v1/things",
    body='{"small":1e-7,"large":1e+21,"plain":100,"point":0.000001,"x":9007199254740991}',
    headers={"Content-Type": "application/json"},
)
response = connection.getresponse()
print(response.status, response.read().decode())
