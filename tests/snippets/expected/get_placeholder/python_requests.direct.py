# pip install requests
# Fill in: session
import requests

response = requests.get(
    "https://api.stripe.com/v1/sessions/{session}",
    timeout=30,
)
print(response.status_code, response.text)
