import http.client
import json

connection = http.client.HTTPConnection("127.0.0.1:8000")
connection.request(
    "POST",
    "/gateway/tools/stripe/postcheckoutsessionssession",
    body=json.dumps({}),
    headers={"Content-Type": "application/json"},
)
response = connection.getresponse()
print(response.status, response.read().decode())
