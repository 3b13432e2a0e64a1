# Reads a.txt, a_2.txt from the folder it is run in.
{ printf '\055-boundary-1f\r\nContent-Disposition: form-data; name="f"; filename="-a.txt"\r\nContent-Type: text/plain\r\n\r\n'; cat a.txt; printf '\r\n--boundary-1f\r\nContent-Disposition: form-data; name="f"; filename="-a.txt"\r\nContent-Type: text/plain\r\n\r\n'; cat a_2.txt; printf '\r\n--boundary-1f--\r\n'; } | http POST 'https://api.stripe.com/v1/things' \
  'Content-Type:multipart/form-data; boundary=boundary-1f'
