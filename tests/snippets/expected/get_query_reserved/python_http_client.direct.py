import http.client

connection = http.client.HTTPSConnection("api.stripe.com")
connection.request("GET", "/v1/things?filter[a]=1,2&set={x}|y&path=a/b?c:@!$()*;")
response = connection.getresponse()
print(response.status, response.read().decode())
