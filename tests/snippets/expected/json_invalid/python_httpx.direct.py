# pip install httpx
import httpx

response = httpx.post(
    "https://api.stripe.com/v1/things",
    headers={"Content-Type": "application/json"},
    content='{"unfinished": [1, 2',
)
print(response.status_code, response.text)
