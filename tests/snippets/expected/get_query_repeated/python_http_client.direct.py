import http.client

connection = http.client.HTTPSConnection("api.stripe.com")
connection.request("DELETE", "/v1/things?id=1&id=2&by=a-b_c.d")
response = connection.getresponse()
print(response.status, response.read().decode())
