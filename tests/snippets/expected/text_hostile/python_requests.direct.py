# pip install requests
import requests

response = requests.post(
    "https://api.stripe.com/v1/things",
    headers={"Content-Type": "text/plain; charset=utf-8"},
    data="'\"\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a",
    timeout=30,
)
print(response.status_code, response.text)
