import http.client

connection = http.client.HTTPSConnection("api.stripe.com")
connection.request("GET", "/v1/things?order=2&pipes=a%7Cb&spaces=a%20b&commas=a,b&order=1&deep%5Ba%5D%5Bb%5D=c")
response = connection.getresponse()
print(response.status, response.read().decode())
