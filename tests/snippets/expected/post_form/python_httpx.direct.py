# pip install httpx
import os

import httpx

response = httpx.post(
    "https://api.stripe.com/v1/checkout/sessions/cs_test_a1B2c3",
    headers={"Authorization": f"Bearer {os.environ['STRIPE_API_KEY']}"},
    data={
        "line_items[0][price_data][currency]": "usd",
        "line_items[0][price_data][unit_amount]": "1500",
        "line_items[0][quantity]": "2",
        "metadata[order]": "6735",
    },
)
print(response.status_code, response.text)
