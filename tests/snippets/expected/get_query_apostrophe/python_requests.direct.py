# pip install requests
import requests

response = requests.get(
    "https://api.stripe.com/v1/things?name=O'Neil",
    timeout=30,
)
print(response.status_code, response.text)
