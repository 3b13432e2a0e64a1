# pip install requests
import requests

response = requests.post(
    "https://api.stripe.com/v1/things",
    headers={
        "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
    },
    data={"a": "é"},
    timeout=30,
)
print(response.status_code, response.text)
