import http.client
import os
from urllib.parse import quote

connection = http.client.HTTPSConnection("api.stripe.com")
connection.request("GET", f"/v1/keys/{quote(os.environ['STRIPE_PASSWD'], safe='')}/uses;by=a?limit=3&passwd={quote(os.environ['MAPS_KEY'], safe='')}&page=2")
response = connection.getresponse()
print(response.status, response.read().decode())
