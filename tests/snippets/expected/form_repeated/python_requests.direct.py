# pip install requests
import requests

response = requests.post(
    "https://api.stripe.com/v1/things",
    data=[
        ("tags", "a b"),
        ("tags", "c&d"),
        ("amp", "x&y=z+w"),
        ("empty", ""),
        ("7", "7"),
    ],
    timeout=30,
)
print(response.status_code, response.text)
