# pip install httpx
import httpx

response = httpx.get(
    "https://api.stripe.com/v1/things",
    headers={
        "X-Empty": "",
        "X-Semicolon": ";",
        "X-Quotes": "'\"\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a",
        "x-Lower": "@file",
        "X-Accents": "é 漢".encode(),
        "1-Digit": "2",
        "X-Comma": "a, b",
        "X-Back": "\\",
    },
)
print(response.status_code, response.text)
