# pip install httpx
import json

import httpx

response = httpx.post(
    "https://api.stripe.com/v1/things",
    headers={"Content-Type": "application/json"},
    content=json.dumps({}, separators=(",", ":")),
)
print(response.status_code, response.text)
