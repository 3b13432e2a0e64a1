# pip install httpx
import httpx

response = httpx.post(
    "https://api.stripe.com/v1/things",
    files={
        "title": (None, b"It's $HOME"),
        "at": (None, b"@/etc/passwd;type=x"),
        "empty": (None, b""),
    },
)
print(response.status_code, response.text)
