# pip install httpx
# httpx rewrites parts of this address: dot segments and characters it wants percent-encoded.
import httpx

response = httpx.get(
    "https://api.stripe.com/v1/%2E%2E/../things/.",
)
print(response.status_code, response.text)
