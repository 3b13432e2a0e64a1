# pip install requests
import os

import requests

response = requests.get(
    "https://api.stripe.com/v1/things",
    headers={"Authorization": f"Bearer {os.environ['STRIPE_API_KEY']}"},
    timeout=30,
)
print(response.status_code, response.text)
