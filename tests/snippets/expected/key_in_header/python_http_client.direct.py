import http.client
import os

connection = http.client.HTTPSConnection("api.stripe.com")
connection.request(
    "GET",
    "/v1/things",
    headers={"X-Key": os.environ["MAPS_KEY"]},
)
response = connection.getresponse()
print(response.status, response.read().decode())
