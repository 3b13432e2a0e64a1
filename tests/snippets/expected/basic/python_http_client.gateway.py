import http.client
import json
import os
from base64 import b64encode

connection = http.client.HTTPConnection("127.0.0.1:8000")
connection.request(
    "POST",
    "/gateway/tools/stripe/postcheckoutsessionssession",
    body=json.dumps({}),
    headers={
        "Authorization": "Basic " + b64encode(f"{os.environ['STRIPE_USERNAME']}:{os.environ['STRIPE_PASSWORD']}".encode()).decode(),
        "Content-Type": "application/json",
    },
)
response = connection.getresponse()
print(response.status, response.read().decode())
