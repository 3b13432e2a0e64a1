import http.client
import os

connection = http.client.HTTPSConnection("api.stripe.com")
connection.request(
    "GET",
    "/v1/customers?limit=3&starting_after=cus_1",
    headers={"Authorization": f"Bearer {os.environ['STRIPE_API_KEY']}"},
)
response = connection.getresponse()
print(response.status, response.read().decode())
