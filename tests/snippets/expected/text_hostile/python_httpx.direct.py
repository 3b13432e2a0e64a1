# pip install httpx
import httpx

response = httpx.post(
    "https://api.stripe.com/v1/things",
    headers={"Content-Type": "text/plain; charset=utf-8"},
    content="'\"\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a",
)
print(response.status_code, response.text)
