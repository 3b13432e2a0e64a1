# Reads raw from the folder it is run in.
# Writes the content into request-body.tmp first.
{ printf '\055-boundary-1f\r\nContent-Disposition: form-data; name="meta"\r\nContent-Type: application/json\r\nX-Part: 1\r\n\r\n{"a":1}\r\n--boundary-1f\r\nContent-Disposition: form-data; name="f"; filename="raw"\r\n\r\n'; cat raw; printf '\r\n--boundary-1f--\r\n'; } > request-body.tmp
wget --quiet --output-document=- \
  --method=POST \
  --header='Content-Type: multipart/form-data; boundary=boundary-1f' \
  --body-file=request-body.tmp \
  'https://api.stripe.com/v1/things'
