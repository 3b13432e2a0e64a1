import http.client

connection = http.client.HTTPSConnection("api.stripe.com")
connection.request(
    "POST",
    "/v1/things",
    body=b"--boundary-1f\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nIt's $HOME\r\n--boundary-1f\r\nContent-Disposition: form-data; name=\"at\"\r\n\r\n@/etc/passwd;type=x\r\n--boundary-1f\r\nContent-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n--boundary-1f--\r\n",
    headers={"Content-Type": "multipart/form-data; boundary=boundary-1f"},
)
response = connection.getresponse()
print(response.status, response.read().decode())
