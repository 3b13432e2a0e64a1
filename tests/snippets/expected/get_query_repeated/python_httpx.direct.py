# pip install httpx
import httpx

response = httpx.delete(
    "https://api.stripe.com/v1/things",
    params=[("id", "1"), ("id", "2"), ("by", "a-b_c.d")],
)
print(response.status_code, response.text)
