# pip install httpx
# Fill in: session
import httpx

response = httpx.get(
    "https://api.stripe.com/v1/sessions/{session}",
)
print(response.status_code, response.text)
