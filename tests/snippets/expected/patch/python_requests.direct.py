# pip install requests
import json
import os

import requests

response = requests.patch(
    "https://api.stripe.com/v1/things",
    headers={
        "Authorization": f"Bearer {os.environ['STRIPE_API_KEY']}",
        "Content-Type": "application/json",
    },
    data=json.dumps({"name": "Zoë"}, separators=(",", ":"), ensure_ascii=False).encode(),
    timeout=30,
)
print(response.status_code, response.text)
