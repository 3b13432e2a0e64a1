import http.client

connection = http.client.HTTPSConnection("api.stripe.com")
connection.request("GET", "/v1/a%20b%2Fc;v=1+x/%C3%A9/%24%28touch%20canary%29/$(touch)")
response = connection.getresponse()
print(response.status, response.read().decode())
