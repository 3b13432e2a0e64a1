# pip install requests
import os

import requests

response = requests.get(
    "https://api.stripe.com/v1/things",
    headers={
        "X-Client-Secret": os.environ["STRIPE_API_KEY"],
        "X-Page": "2",
        "Cookie": f"theme=dark; token={os.environ['MAPS_KEY']}; a=b",
    },
    timeout=30,
)
print(response.status_code, response.text)
