# pip install requests
# Reads raw from the folder it is run in.
from pathlib import Path

import requests

response = requests.post(
    "https://api.stripe.com/v1/things",
    headers={"Content-Type": "multipart/form-data; boundary=boundary-1f"},
    data=b"".join([
        b'--boundary-1f\r\nContent-Disposition: form-data; name="meta"\r\nContent-Type: application/json\r\nX-Part: 1\r\n\r\n{"a":1}\r\n--boundary-1f\r\nContent-Disposition: form-data; name="f"; filename="raw"\r\n\r\n',
        Path("raw").read_bytes(),
        b"\r\n--boundary-1f--\r\n",
    ]),
    timeout=30,
)
print(response.status_code, response.text)
