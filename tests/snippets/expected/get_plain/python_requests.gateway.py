# pip install requests
import requests

response = requests.post(
    "http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession",
    json={},
    timeout=30,
)
print(response.status_code, response.text)
