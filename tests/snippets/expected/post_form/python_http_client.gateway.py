import http.client
import json
import os

connection = http.client.HTTPConnection("127.0.0.1:8000")
connection.request(
    "POST",
    "/gateway/tools/stripe/postcheckoutsessionssession",
    body=json.dumps({
        "session": "cs_test_a1B2c3",
        "line_items": [
            {
                "quantity": 2,
                "price_data": {
                    "currency": "usd",
                    "unit_amount": 1500,
                    "product": "prod_123",
                },
            },
        ],
        "metadata": {"order": "6735"},
    }),
    headers={
        "Content-Type": "application/json",
        "Authorization": f"Bearer {os.environ['STRIPE_API_KEY']}",
    },
)
response = connection.getresponse()
print(response.status, response.read().decode())
