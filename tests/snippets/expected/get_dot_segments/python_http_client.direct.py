import http.client

connection = http.client.HTTPSConnection("api.stripe.com")
connection.request("GET", "/v1/%2E%2E/../things/.")
response = connection.getresponse()
print(response.status, response.read().decode())
