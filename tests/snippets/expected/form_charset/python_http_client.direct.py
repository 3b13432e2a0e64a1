import http.client
from urllib.parse import urlencode

connection = http.client.HTTPSConnection("api.stripe.com")
connection.request(
    "POST",
    "/v1/things",
    body=urlencode({"a": "é"}),
    headers={
        "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
    },
)
response = connection.getresponse()
print(response.status, response.read().decode())
