# pip install httpx
# Reads photo.png from the folder it is run in.
import httpx

response = httpx.post(
    "https://api.stripe.com/v1/things",
    files={
        "title": (None, "Zoë".encode()),
        "photo": ("photo.png", open("photo.png", "rb"), "image/png"),
    },
)
print(response.status_code, response.text)
