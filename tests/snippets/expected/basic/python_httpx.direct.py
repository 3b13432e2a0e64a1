# pip install httpx
import os

import httpx

response = httpx.get(
    "https://api.stripe.com/v1/things",
    auth=(os.environ["STRIPE_USERNAME"], os.environ["STRIPE_PASSWORD"]),
)
print(response.status_code, response.text)
