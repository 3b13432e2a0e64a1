# pip install httpx
import os

import httpx

response = httpx.post(
    "http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession",
    auth=(os.environ["STRIPE_USERNAME"], os.environ["STRIPE_PASSWORD"]),
    json={},
)
print(response.status_code, response.text)
