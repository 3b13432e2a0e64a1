# Writes the content into request-body.tmp first.
{ printf '\055-boundary-1f\r\nContent-Disposition: form-data; name="a=b"\r\n\r\n1\r\n--boundary-1f\r\nContent-Disposition: form-data; name="q%%22uote"\r\n\r\n2\r\n--boundary-1f\r\nContent-Disposition: form-data; name="line%%0D%%0Aend"\r\n\r\n3\r\n4\r\n--boundary-1f\r\nContent-Disposition: form-data; name="é"\r\n\r\n\000\377\r\n--boundary-1f--\r\n'; } > request-body.tmp
wget --quiet --output-document=- \
  --method=POST \
  --header='Content-Type: multipart/form-data; boundary=boundary-1f' \
  --body-file=request-body.tmp \
  'https://api.stripe.com/v1/things'
