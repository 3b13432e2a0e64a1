# pip install requests
import requests

response = requests.post(
    "https://api.stripe.com/v1/things",
    headers={"Content-Type": "application/json"},
    data='{"a":"\\ud800","slash":"\\/","e":"\\u00e9"}',
    timeout=30,
)
print(response.status_code, response.text)
