# pip install requests
import os

import requests

response = requests.post(
    "http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession",
    headers={"X-Api-Key": os.environ["MAPS_KEY"]},
    json={"q": "x"},
    timeout=30,
)
print(response.status_code, response.text)
