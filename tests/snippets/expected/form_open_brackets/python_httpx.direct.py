# pip install httpx
import httpx

response = httpx.post(
    "https://api.stripe.com/v1/things",
    headers={"Content-Type": "application/x-www-form-urlencoded"},
    content="line_items[0][price_data][currency]=usd&line_items[0][quantity]=2&name=It%27s&&",
)
print(response.status_code, response.text)
