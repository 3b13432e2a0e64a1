# pip install httpx
import httpx

response = httpx.post(
    "https://api.stripe.com/v1/things",
    content="no type",
)
print(response.status_code, response.text)
