# pip install httpx
from urllib.parse import urlencode

import httpx

response = httpx.post(
    "https://api.stripe.com/v1/things",
    headers={"Content-Type": "application/x-www-form-urlencoded"},
    content=urlencode([
        ("tags", "a b"),
        ("tags", "c&d"),
        ("amp", "x&y=z+w"),
        ("empty", ""),
        ("7", "7"),
    ]),
)
print(response.status_code, response.text)
