# pip install httpx
import json

import httpx

response = httpx.post(
    "https://api.stripe.com/v1/things",
    headers={"Content-Type": "application/json"},
    content=json.dumps(
        {
            "name": "Ada",
            "tags": ["a", "b"],
            "none": None,
            "yes": True,
        },
        separators=(",", ":"),
    ),
)
print(response.status_code, response.text)
