import http.client
import os
from urllib.parse import quote

connection = http.client.HTTPSConnection("api.stripe.com")
connection.request("GET", f"/v1/maps?key={quote(os.environ['MAPS_KEY'], safe='')}")
response = connection.getresponse()
print(response.status, response.read().decode())
