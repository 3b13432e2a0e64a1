# pip install requests
# Reads photo.png from the folder it is run in.
import requests

response = requests.post(
    "https://api.stripe.com/v1/things",
    files={
        "title": (None, "Zoë".encode()),
        "photo": ("photo.png", open("photo.png", "rb"), "image/png"),
    },
    timeout=30,
)
print(response.status_code, response.text)
