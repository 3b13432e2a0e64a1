# pip install requests
import requests

response = requests.post(
    "http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession",
    json={
        "body": {
            "filename": "my photo.png",
            "content_type": "application/octet-stream",
            "content": "iVBORw0KGgoAASciJCh4Kf8=",
        },
    },
    timeout=30,
)
print(response.status_code, response.text)
