# pip install httpx
# Reads my_photo.png from the folder it is run in.
from pathlib import Path

import httpx

response = httpx.put(
    "https://api.stripe.com/v1/things",
    headers={"Content-Type": "image/png"},
    content=Path("my_photo.png").read_bytes(),
)
print(response.status_code, response.text)
