import http.client

connection = http.client.HTTPSConnection("api.stripe.com")
connection.request("GET", "/v1/search?expand%5B%5D=data.customer&filter%5Bstatus%5D=%C3%A9%26%3D&note=%23%27")
response = connection.getresponse()
print(response.status, response.read().decode())
