import http.client

connection = http.client.HTTPSConnection("api.stripe.com")
connection.request(
    "GET",
    "/v1/things",
    headers={"Cookie": "theme=dark; it=it's; list=%5B%22a%22%5D; $x=`y`"},
)
response = connection.getresponse()
print(response.status, response.read().decode())
