# pip install httpx
import httpx

response = httpx.post(
    "https://api.stripe.com/v1/things",
    headers={"Content-Type": "text/plain; charset=utf-8"},
)
print(response.status_code, response.text)
