import http.client

connection = http.client.HTTPSConnection("api.stripe.com")
connection.request(
    "POST",
    "/v1/things",
    body="line_items[0][price_data][currency]=usd&line_items[0][quantity]=2&name=It%27s&&",
    headers={"Content-Type": "application/x-www-form-urlencoded"},
)
response = connection.getresponse()
print(response.status, response.read().decode())
