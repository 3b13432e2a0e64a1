# pip install requests
import requests

response = requests.post(
    "https://api.stripe.com/v1/things",
    headers={"Content-Type": "application/json"},
    data='{"unfinished": [1, 2',
    timeout=30,
)
print(response.status_code, response.text)
