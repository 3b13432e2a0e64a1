# pip install httpx
import httpx

response = httpx.post(
    "https://api.stripe.com/v1/things",
    headers={"Content-Type": "application/x-www-form-urlencoded"},
    content="a=x%20y/z'&&b",
)
print(response.status_code, response.text)
