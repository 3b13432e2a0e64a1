# pip install httpx
# Reads a.txt, a_2.txt from the folder it is run in.
from pathlib import Path

import httpx

response = httpx.post(
    "https://api.stripe.com/v1/things",
    headers={"Content-Type": "multipart/form-data; boundary=boundary-1f"},
    content=b"".join([
        b'--boundary-1f\r\nContent-Disposition: form-data; name="f"; filename="-a.txt"\r\nContent-Type: text/plain\r\n\r\n',
        Path("a.txt").read_bytes(),
        b'\r\n--boundary-1f\r\nContent-Disposition: form-data; name="f"; filename="-a.txt"\r\nContent-Type: text/plain\r\n\r\n',
        Path("a_2.txt").read_bytes(),
        b"\r\n--boundary-1f--\r\n",
    ]),
)
print(response.status_code, response.text)
