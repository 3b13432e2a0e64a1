# pip install httpx
from urllib.parse import urlencode

import httpx

response = httpx.post(
    "https://api.stripe.com/v1/things",
    headers={
        "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
    },
    content=urlencode({"a": "é"}),
)
print(response.status_code, response.text)
