# pip install requests
import requests

response = requests.delete(
    "https://api.stripe.com/v1/things",
    params=[("id", "1"), ("id", "2"), ("by", "a-b_c.d")],
    timeout=30,
)
print(response.status_code, response.text)
