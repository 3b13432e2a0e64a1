# pip install httpx
import json

import httpx

response = httpx.post(
    "https://api.stripe.com/v1/things",
    headers={"Content-Type": "application/json"},
    content=json.dumps({"a": 1, "b": [True]}, indent=2),
)
print(response.status_code, response.text)
