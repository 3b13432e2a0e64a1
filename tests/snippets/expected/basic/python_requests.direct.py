# pip install requests
import os

import requests

response = requests.get(
    "https://api.stripe.com/v1/things",
    auth=(os.environ["STRIPE_USERNAME"].encode(), os.environ["STRIPE_PASSWORD"].encode()),
    timeout=30,
)
print(response.status_code, response.text)
