# pip install httpx
import httpx

response = httpx.get(
    "https://api.stripe.com/v1/things?filter[a]=1,2&set={x}|y&path=a/b?c:@!$()*;",
)
print(response.status_code, response.text)
