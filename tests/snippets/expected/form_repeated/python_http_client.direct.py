import http.client
from urllib.parse import urlencode

connection = http.client.HTTPSConnection("api.stripe.com")
connection.request(
    "POST",
    "/v1/things",
    body=urlencode([
        ("tags", "a b"),
        ("tags", "c&d"),
        ("amp", "x&y=z+w"),
        ("empty", ""),
        ("7", "7"),
    ]),
    headers={"Content-Type": "application/x-www-form-urlencoded"},
)
response = connection.getresponse()
print(response.status, response.read().decode())
