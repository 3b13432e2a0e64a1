# pip install httpx
import httpx

response = httpx.post(
    "https://api.stripe.com/v1/things",
    headers={"Content-Type": "application/json"},
    content='{"a":1,"a":2}',
)
print(response.status_code, response.text)
