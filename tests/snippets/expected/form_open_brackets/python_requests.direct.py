# pip install requests
import requests

response = requests.post(
    "https://api.stripe.com/v1/things",
    headers={"Content-Type": "application/x-www-form-urlencoded"},
    data="line_items[0][price_data][currency]=usd&line_items[0][quantity]=2&name=It%27s&&",
    timeout=30,
)
print(response.status_code, response.text)
