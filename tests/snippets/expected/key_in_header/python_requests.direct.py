# pip install requests
import os

import requests

response = requests.get(
    "https://api.stripe.com/v1/things",
    headers={"X-Key": os.environ["MAPS_KEY"]},
    timeout=30,
)
print(response.status_code, response.text)
