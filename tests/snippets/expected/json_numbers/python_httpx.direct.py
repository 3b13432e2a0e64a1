# pip install httpx
import httpx

response = httpx.post(
    "https://api.stripe.com/v1/things",
    headers={"Content-Type": "application/json"},
    content='{"a":1.0,"b":1E5,"c":12345678901234567890,"d":-0,"e":1e400,"f":0.1}',
)
print(response.status_code, response.text)
