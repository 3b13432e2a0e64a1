# pip install requests
# requests rewrites parts of this address: dot segments and characters it wants percent-encoded.
import requests

response = requests.get(
    "https://api.stripe.com/v1/%2E%2E/../things/.",
    timeout=30,
)
print(response.status_code, response.text)
