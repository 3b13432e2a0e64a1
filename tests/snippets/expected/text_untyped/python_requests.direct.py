# pip install requests
import requests

response = requests.post(
    "https://api.stripe.com/v1/things",
    data="no type",
    timeout=30,
)
print(response.status_code, response.text)
