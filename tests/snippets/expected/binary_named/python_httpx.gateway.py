# pip install httpx
import httpx

response = httpx.post(
    "http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession",
    json={
        "body": {
            "filename": "my photo.png",
            "content_type": "application/octet-stream",
            "content": "iVBORw0KGgoAASciJCh4Kf8=",
        },
    },
)
print(response.status_code, response.text)
