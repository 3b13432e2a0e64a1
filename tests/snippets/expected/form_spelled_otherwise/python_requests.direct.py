# pip install requests
import requests

response = requests.post(
    "https://api.stripe.com/v1/things",
    headers={"Content-Type": "application/x-www-form-urlencoded"},
    data="a=x%20y/z'&&b",
    timeout=30,
)
print(response.status_code, response.text)
