# pip install httpx
# This is the wrapped form of a call, which gateways other than Playground's may not know.
import os

import httpx

response = httpx.post(
    "http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession",
    json={
        "args": {"q": "it's"},
        "credential": {
            "type": "bearer_token",
            "token": os.environ["STRIPE_API_KEY"],
        },
        "options": {
            "server": "https://eu.example.com/v1",
            "media_type": "text/plain",
        },
    },
)
print(response.status_code, response.text)
