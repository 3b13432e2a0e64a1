# pip install requests
import json
import os
from urllib.parse import quote

import requests

response = requests.post(
    f"https://api.stripe.com/v1/pins/{quote(os.environ['STRIPE_PIN'], safe='')}?pin={quote(os.environ['STRIPE_QUERY_PIN'], safe='')}&page=2",
    headers={
        "Authorization": f"Bearer {os.environ['STRIPE_API_KEY']}",
        "Content-Type": "application/json",
    },
    data=json.dumps({"q": 1}, separators=(",", ":")),
    timeout=30,
)
print(response.status_code, response.text)
