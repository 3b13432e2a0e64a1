# Reads my_photo.png from the folder it is run in.
import http.client
from pathlib import Path

connection = http.client.HTTPSConnection("api.stripe.com")
connection.request(
    "PUT",
    "/v1/things",
    body=Path("my_photo.png").read_bytes(),
    headers={"Content-Type": "image/png"},
)
response = connection.getresponse()
print(response.status, response.read().decode())
