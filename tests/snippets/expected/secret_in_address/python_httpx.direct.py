# pip install httpx
import os
from urllib.parse import quote

import httpx

response = httpx.get(
    f"https://api.stripe.com/v1/keys/{quote(os.environ['STRIPE_PASSWD'], safe='')}/uses;by=a?limit=3&passwd={quote(os.environ['MAPS_KEY'], safe='')}&page=2",
)
print(response.status_code, response.text)
