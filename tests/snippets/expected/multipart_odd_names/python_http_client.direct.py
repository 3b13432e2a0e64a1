import http.client

connection = http.client.HTTPSConnection("api.stripe.com")
connection.request(
    "POST",
    "/v1/things",
    body=b'--boundary-1f\r\nContent-Disposition: form-data; name="a=b"\r\n\r\n1\r\n--boundary-1f\r\nContent-Disposition: form-data; name="q%22uote"\r\n\r\n2\r\n--boundary-1f\r\nContent-Disposition: form-data; name="line%0D%0Aend"\r\n\r\n3\r\n4\r\n--boundary-1f\r\nContent-Disposition: form-data; name="\xc3\xa9"\r\n\r\n\x00\xff\r\n--boundary-1f--\r\n',
    headers={"Content-Type": "multipart/form-data; boundary=boundary-1f"},
)
response = connection.getresponse()
print(response.status, response.read().decode())
