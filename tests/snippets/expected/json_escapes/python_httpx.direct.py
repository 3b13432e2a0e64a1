# pip install httpx
import httpx

response = httpx.post(
    "https://api.stripe.com/v1/things",
    headers={"Content-Type": "application/json"},
    content='{"a":"\\ud800","slash":"\\/","e":"\\u00e9"}',
)
print(response.status_code, response.text)
