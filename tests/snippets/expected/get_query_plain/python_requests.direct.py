# pip install requests
import os

import requests

response = requests.get(
    "https://api.stripe.com/v1/customers",
    params={"limit": "3", "starting_after": "cus_1"},
    headers={"Authorization": f"Bearer {os.environ['STRIPE_API_KEY']}"},
    timeout=30,
)
print(response.status_code, response.text)
