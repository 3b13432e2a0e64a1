# pip install requests
import requests

response = requests.get(
    "https://api.stripe.com/v1/things?q=a%20b&page=1",
    timeout=30,
)
print(response.status_code, response.text)
