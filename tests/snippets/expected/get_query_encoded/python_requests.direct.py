# pip install requests
import requests

response = requests.get(
    "https://api.stripe.com/v1/search",
    params={
        "expand[]": "data.customer",
        "filter[status]": "é&=",
        "note": "#'",
    },
    timeout=30,
)
print(response.status_code, response.text)
