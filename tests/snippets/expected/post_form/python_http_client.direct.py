import http.client
import os
from urllib.parse import urlencode

connection = http.client.HTTPSConnection("api.stripe.com")
connection.request(
    "POST",
    "/v1/checkout/sessions/cs_test_a1B2c3",
    body=urlencode({
        "line_items[0][price_data][currency]": "usd",
        "line_items[0][price_data][unit_amount]": "1500",
        "line_items[0][quantity]": "2",
        "metadata[order]": "6735",
    }),
    headers={
        "Authorization": f"Bearer {os.environ['STRIPE_API_KEY']}",
        "Content-Type": "application/x-www-form-urlencoded",
    },
)
response = connection.getresponse()
print(response.status, response.read().decode())
