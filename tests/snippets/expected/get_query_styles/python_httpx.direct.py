# pip install httpx
import httpx

response = httpx.get(
    "https://api.stripe.com/v1/things?order=2&pipes=a%7Cb&spaces=a%20b&commas=a,b&order=1&deep%5Ba%5D%5Bb%5D=c",
)
print(response.status_code, response.text)
