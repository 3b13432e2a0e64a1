# pip install httpx
import httpx

response = httpx.get(
    "https://api.stripe.com/v1/things",
    headers=[("X-Many", "a"), ("X-Other", "o"), ("X-Many", "b")],
)
print(response.status_code, response.text)
