import http.client
import os
from urllib.parse import quote

connection = http.client.HTTPSConnection("api.stripe.com")
connection.request(
    "GET",
    f"/v1/things?key={quote(os.environ['MAPS_KEY'], safe='')}",
    headers={
        "Authorization": f"Bearer {os.environ['STRIPE_API_KEY']}",
        "X-Key": os.environ["MAPS_KEY"],
    },
)
response = connection.getresponse()
print(response.status, response.read().decode())
