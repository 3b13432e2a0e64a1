# pip install httpx
import os
from urllib.parse import quote

import httpx

response = httpx.get(
    f"https://api.stripe.com/v1/maps?key={quote(os.environ['MAPS_KEY'], safe='')}",
)
print(response.status_code, response.text)
