# pip install httpx
import httpx

response = httpx.get(
    "https://api.stripe.com/v1/things?q=a%20b&page=1",
)
print(response.status_code, response.text)
