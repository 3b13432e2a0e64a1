# pip install requests
import json

import requests

response = requests.post(
    "https://api.stripe.com/v1/things",
    headers={"Content-Type": "application/json"},
    data=json.dumps({}, separators=(",", ":")),
    timeout=30,
)
print(response.status_code, response.text)
