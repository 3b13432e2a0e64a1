import http.client
import json
import os

connection = http.client.HTTPConnection("127.0.0.1:8000")
connection.request(
    "POST",
    "/gateway/tools/stripe/postcheckoutsessionssession",
    body=json.dumps({"q": "x"}),
    headers={
        "Content-Type": "application/json",
        "X-Api-Key": os.environ["MAPS_KEY"],
    },
)
response = connection.getresponse()
print(response.status, response.read().decode())
