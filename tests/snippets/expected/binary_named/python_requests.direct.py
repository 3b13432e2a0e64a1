# pip install requests
# Reads my_photo.png from the folder it is run in.
from pathlib import Path

import requests

response = requests.put(
    "https://api.stripe.com/v1/things",
    headers={"Content-Type": "image/png"},
    data=Path("my_photo.png").read_bytes(),
    timeout=30,
)
print(response.status_code, response.text)
