# pip install requests
import requests

response = requests.head(
    "https://api.stripe.com/v1/things",
    timeout=30,
)
print(response.status_code, response.text)
