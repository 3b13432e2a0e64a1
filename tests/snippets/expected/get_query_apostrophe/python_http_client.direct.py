import http.client

connection = http.client.HTTPSConnection("api.stripe.com")
connection.request("GET", "/v1/things?name=O'Neil")
response = connection.getresponse()
print(response.status, response.read().decode())
