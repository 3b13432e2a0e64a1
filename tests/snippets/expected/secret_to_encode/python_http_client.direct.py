import http.client
import json
import os
from urllib.parse import quote

connection = http.client.HTTPSConnection("api.stripe.com")
connection.request(
    "POST",
    f"/v1/pins/{quote(os.environ['STRIPE_PIN'], safe='')}?pin={quote(os.environ['STRIPE_QUERY_PIN'], safe='')}&page=2",
    body=json.dumps({"q": 1}, separators=(",", ":")),
    headers={
        "Authorization": f"Bearer {os.environ['STRIPE_API_KEY']}",
        "Content-Type": "application/json",
    },
)
response = connection.getresponse()
print(response.status, response.read().decode())
