# pip install requests
import os
from urllib.parse import quote

import requests

response = requests.get(
    f"https://api.stripe.com/v1/maps?at=%271%27&key={quote(os.environ['MAPS_KEY'], safe='')}",
    timeout=30,
)
print(response.status_code, response.text)
