# pip install httpx
import httpx

response = httpx.post(
    "http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession",
    json={},
)
print(response.status_code, response.text)
