import http.client
import os
from base64 import b64encode

connection = http.client.HTTPSConnection("api.stripe.com")
connection.request(
    "GET",
    "/v1/things",
    headers={
        "Authorization": "Basic " + b64encode(f"{os.environ['STRIPE_USERNAME']}:{os.environ['STRIPE_PASSWORD']}".encode()).decode(),
    },
)
response = connection.getresponse()
print(response.status, response.read().decode())
