# pip install httpx
import os
from urllib.parse import quote

import httpx

response = httpx.get(
    f"https://api.stripe.com/v1/things?key={quote(os.environ['MAPS_KEY'], safe='')}",
    headers={
        "Authorization": f"Bearer {os.environ['STRIPE_API_KEY']}",
        "X-Key": os.environ["MAPS_KEY"],
    },
)
print(response.status_code, response.text)
