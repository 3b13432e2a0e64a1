# pip install requests
import requests

response = requests.post(
    "https://api.stripe.com/v1/things",
    files={
        "title": (None, b"It's $HOME"),
        "at": (None, b"@/etc/passwd;type=x"),
        "empty": (None, b""),
    },
    timeout=30,
)
print(response.status_code, response.text)
