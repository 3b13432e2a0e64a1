# This is the wrapped form of a call, which gateways other than Playground's may not know.
import http.client
import json
import os

connection = http.client.HTTPConnection("127.0.0.1:8000")
connection.request(
    "POST",
    "/gateway/tools/stripe/postcheckoutsessionssession",
    body=json.dumps({
        "args": {"q": "it's"},
        "credential": {
            "type": "bearer_token",
            "token": os.environ["STRIPE_API_KEY"],
        },
        "options": {
            "server": "https://eu.example.com/v1",
            "media_type": "text/plain",
        },
    }),
    headers={"Content-Type": "application/json"},
)
response = connection.getresponse()
print(response.status, response.read().decode())
