import http.client

connection = http.client.HTTPSConnection("api.stripe.com")
connection.putrequest("GET", "/v1/things")
connection.putheader("X-Many", "a")
connection.putheader("X-Other", "o")
connection.putheader("X-Many", "b")
connection.endheaders()
response = connection.getresponse()
print(response.status, response.read().decode())
