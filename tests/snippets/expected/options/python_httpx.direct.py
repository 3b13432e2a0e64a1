# pip install httpx
import httpx

response = httpx.options(
    "https://api.stripe.com/v1/things",
)
print(response.status_code, response.text)
