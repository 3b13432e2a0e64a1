import http.client

connection = http.client.HTTPSConnection("api.stripe.com")
connection.request(
    "POST",
    "/v1/things",
    body=b"a\xe2\x80\xaeb\xe2\x80\x8bc\xc2\xa0d\xef\xbb\xbf\t\x1b[2J\r\n\x00\x7fa\xe2\x80\xaeb\xe2\x80\x8bc\xc2\xa0d\xef\xbb\xbf",
    headers={"Content-Type": "text/plain; charset=utf-8"},
)
response = connection.getresponse()
print(response.status, response.read().decode())
