# Reads a.txt, a_2.txt from the folder it is run in.
import http.client
from pathlib import Path

connection = http.client.HTTPSConnection("api.stripe.com")
connection.request(
    "POST",
    "/v1/things",
    body=b"".join([
        b'--boundary-1f\r\nContent-Disposition: form-data; name="f"; filename="-a.txt"\r\nContent-Type: text/plain\r\n\r\n',
        Path("a.txt").read_bytes(),
        b'\r\n--boundary-1f\r\nContent-Disposition: form-data; name="f"; filename="-a.txt"\r\nContent-Type: text/plain\r\n\r\n',
        Path("a_2.txt").read_bytes(),
        b"\r\n--boundary-1f--\r\n",
    ]),
    headers={"Content-Type": "multipart/form-data; boundary=boundary-1f"},
)
response = connection.getresponse()
print(response.status, response.read().decode())
