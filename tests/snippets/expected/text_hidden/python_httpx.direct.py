# pip install httpx
import httpx

response = httpx.post(
    "https://api.stripe.com/v1/things",
    headers={"Content-Type": "text/plain; charset=utf-8"},
    content=b"a\xe2\x80\xaeb\xe2\x80\x8bc\xc2\xa0d\xef\xbb\xbf\t\x1b[2J\r\n\x00\x7fa\xe2\x80\xaeb\xe2\x80\x8bc\xc2\xa0d\xef\xbb\xbf",
)
print(response.status_code, response.text)
