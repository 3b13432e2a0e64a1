# pip install httpx
import os

import httpx

response = httpx.get(
    "https://api.stripe.com/v1/things",
    headers={"Cookie": f"theme=dark; sid={os.environ['MAPS_KEY']}"},
)
print(response.status_code, response.text)
