import http.client
import os

connection = http.client.HTTPSConnection("api.stripe.com")
connection.request(
    "GET",
    "/v1/things",
    headers={
        "X-Client-Secret": os.environ["STRIPE_API_KEY"],
        "X-Page": "2",
        "Cookie": f"theme=dark; token={os.environ['MAPS_KEY']}; a=b",
    },
)
response = connection.getresponse()
print(response.status, response.read().decode())
