import http.client

connection = http.client.HTTPSConnection("api.stripe.com")
connection.request("GET", "/v1/things?q=a%20b&page=1")
response = connection.getresponse()
print(response.status, response.read().decode())
