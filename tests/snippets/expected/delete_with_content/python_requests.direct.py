# pip install requests
import json

import requests

response = requests.delete(
    "https://api.stripe.com/v1/things",
    headers={"Content-Type": "application/json"},
    data=json.dumps({"hard": True}, separators=(",", ":")),
    timeout=30,
)
print(response.status_code, response.text)
