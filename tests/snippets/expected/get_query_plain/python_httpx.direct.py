# pip install httpx
import os

import httpx

response = httpx.get(
    "https://api.stripe.com/v1/customers",
    params={"limit": "3", "starting_after": "cus_1"},
    headers={"Authorization": f"Bearer {os.environ['STRIPE_API_KEY']}"},
)
print(response.status_code, response.text)
