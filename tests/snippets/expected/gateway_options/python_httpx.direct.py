# pip install httpx
import os

import httpx

response = httpx.get(
    "https://api.stripe.com/v1/things",
    headers={"Authorization": f"Bearer {os.environ['STRIPE_API_KEY']}"},
)
print(response.status_code, response.text)
