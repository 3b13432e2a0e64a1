# pip install httpx
import json

import httpx

response = httpx.request(
    "DELETE",
    "https://api.stripe.com/v1/things",
    headers={"Content-Type": "application/json"},
    content=json.dumps({"hard": True}, separators=(",", ":")),
)
print(response.status_code, response.text)
