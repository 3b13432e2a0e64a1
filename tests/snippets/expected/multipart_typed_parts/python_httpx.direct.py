# pip install httpx
# Reads raw from the folder it is run in.
from pathlib import Path

import httpx

response = httpx.post(
    "https://api.stripe.com/v1/things",
    headers={"Content-Type": "multipart/form-data; boundary=boundary-1f"},
    content=b"".join([
        b'--boundary-1f\r\nContent-Disposition: form-data; name="meta"\r\nContent-Type: application/json\r\nX-Part: 1\r\n\r\n{"a":1}\r\n--boundary-1f\r\nContent-Disposition: form-data; name="f"; filename="raw"\r\n\r\n',
        Path("raw").read_bytes(),
        b"\r\n--boundary-1f--\r\n",
    ]),
)
print(response.status_code, response.text)
