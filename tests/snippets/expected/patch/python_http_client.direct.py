import http.client
import json
import os

connection = http.client.HTTPSConnection("api.stripe.com")
connection.request(
    "PATCH",
    "/v1/things",
    body=json.dumps({"name": "Zoë"}, separators=(",", ":"), ensure_ascii=False).encode(),
    headers={
        "Authorization": f"Bearer {os.environ['STRIPE_API_KEY']}",
        "Content-Type": "application/json",
    },
)
response = connection.getresponse()
print(response.status, response.read().decode())
