# pip install httpx
import json

import httpx

response = httpx.request(
    "QUERY",
    "https://api.stripe.com/v1/things",
    headers={"Content-Type": "application/json"},
    content=json.dumps({"q": 1}, separators=(",", ":")),
)
print(response.status_code, response.text)
