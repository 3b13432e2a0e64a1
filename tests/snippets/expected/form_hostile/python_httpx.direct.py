# pip install httpx
import httpx

response = httpx.post(
    "https://api.stripe.com/v1/things",
    data={
        "'\"\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a": "'\"\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a",
        "__proto__": "a\u202eb\u200bc\xa0d\ufeff",
        "~*-._": "~*-._é",
    },
)
print(response.status_code, response.text)
