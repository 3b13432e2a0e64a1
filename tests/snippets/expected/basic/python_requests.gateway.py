# pip install requests
import os

import requests

response = requests.post(
    "http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession",
    auth=(os.environ["STRIPE_USERNAME"].encode(), os.environ["STRIPE_PASSWORD"].encode()),
    json={},
    timeout=30,
)
print(response.status_code, response.text)
