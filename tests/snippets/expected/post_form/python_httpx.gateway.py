# pip install httpx
import os

import httpx

response = httpx.post(
    "http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession",
    headers={"Authorization": f"Bearer {os.environ['STRIPE_API_KEY']}"},
    json={
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
    },
)
print(response.status_code, response.text)
