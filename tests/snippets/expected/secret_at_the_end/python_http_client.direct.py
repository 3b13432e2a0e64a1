import http.client
import os
from urllib.parse import quote

connection = http.client.HTTPSConnection("api.stripe.com")
connection.request("DELETE", f"/v1/keys?limit=3&key={quote(os.environ['MAPS_KEY'], safe='')}&passwd={quote(os.environ['STRIPE_PASSWD'], safe='')}")
response = connection.getresponse()
print(response.status, response.read().decode())
