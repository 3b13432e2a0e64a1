# pip install requests
import os
from urllib.parse import quote

import requests

response = requests.get(
    f"https://api.stripe.com/v1/keys/{quote(os.environ['STRIPE_PASSWD'], safe='')}/uses;by=a?limit=3&passwd={quote(os.environ['MAPS_KEY'], safe='')}&page=2",
    timeout=30,
)
print(response.status_code, response.text)
