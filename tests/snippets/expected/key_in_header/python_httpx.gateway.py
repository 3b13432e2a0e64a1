# pip install httpx
import os

import httpx

response = httpx.post(
    "http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession",
    headers={"X-Api-Key": os.environ["MAPS_KEY"]},
    json={"q": "x"},
)
print(response.status_code, response.text)
