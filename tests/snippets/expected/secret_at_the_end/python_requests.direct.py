# pip install requests
import os
from urllib.parse import quote

import requests

response = requests.delete(
    f"https://api.stripe.com/v1/keys?limit=3&key={quote(os.environ['MAPS_KEY'], safe='')}&passwd={quote(os.environ['STRIPE_PASSWD'], safe='')}",
    timeout=30,
)
print(response.status_code, response.text)
