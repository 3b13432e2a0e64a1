# pip install httpx
import json
import os

import httpx

response = httpx.patch(
    "https://api.stripe.com/v1/things",
    headers={
        "Authorization": f"Bearer {os.environ['STRIPE_API_KEY']}",
        "Content-Type": "application/json",
    },
    content=json.dumps({"name": "Zoë"}, separators=(",", ":"), ensure_ascii=False).encode(),
)
print(response.status_code, response.text)
