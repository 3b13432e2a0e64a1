# Reads raw from the folder it is run in.
{ printf '\055-boundary-1f\r\nContent-Disposition: form-data; name="meta"\r\nContent-Type: application/json\r\nX-Part: 1\r\n\r\n{"a":1}\r\n--boundary-1f\r\nContent-Disposition: form-data; name="f"; filename="raw"\r\n\r\n'; cat raw; printf '\r\n--boundary-1f--\r\n'; } | http POST 'https://api.stripe.com/v1/things' \
  'Content-Type:multipart/form-data; boundary=boundary-1f'
