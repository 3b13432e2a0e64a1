# Reads photo.png from the folder it is run in.
import http.client
from pathlib import Path

connection = http.client.HTTPSConnection("api.stripe.com")
connection.request(
    "POST",
    "/v1/things",
    body=b"".join([
        '--boundary-1f\r\nContent-Disposition: form-data; name="title"\r\n\r\nZoë\r\n--boundary-1f\r\nContent-Disposition: form-data; name="photo"; filename="photo.png"\r\nContent-Type: image/png\r\n\r\n'.encode(),
        Path("photo.png").read_bytes(),
        b"\r\n--boundary-1f--\r\n",
    ]),
    headers={"Content-Type": "multipart/form-data; boundary=boundary-1f"},
)
response = connection.getresponse()
print(response.status, response.read().decode())
