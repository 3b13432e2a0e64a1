# pip install requests
# requests cannot repeat a header field: X-Many is joined into one.
import requests

response = requests.get(
    "https://api.stripe.com/v1/things",
    headers={"X-Many": "a, b", "X-Other": "o"},
    timeout=30,
)
print(response.status_code, response.text)
