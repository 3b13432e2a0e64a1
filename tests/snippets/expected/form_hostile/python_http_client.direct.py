import http.client
from urllib.parse import urlencode

connection = http.client.HTTPSConnection("api.stripe.com")
connection.request(
    "POST",
    "/v1/things",
    body=urlencode({
        "'\"\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a": "'\"\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a",
        "__proto__": "a\u202eb\u200bc\xa0d\ufeff",
        "~*-._": "~*-._é",
    }),
    headers={"Content-Type": "application/x-www-form-urlencoded"},
)
response = connection.getresponse()
print(response.status, response.read().decode())
