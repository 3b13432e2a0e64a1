# pip install requests
import requests

response = requests.post(
    "https://api.stripe.com/v1/things",
    headers={"Content-Type": "text/plain; charset=utf-8"},
    timeout=30,
)
print(response.status_code, response.text)
