# Writes the content into request-body.tmp first.
{ printf '\055-boundary-1f\r\nContent-Disposition: form-data; name="title"\r\n\r\nIt\047s $HOME\r\n--boundary-1f\r\nContent-Disposition: form-data; name="at"\r\n\r\n@/etc/passwd;type=x\r\n--boundary-1f\r\nContent-Disposition: form-data; name="empty"\r\n\r\n\r\n--boundary-1f--\r\n'; } > request-body.tmp
wget --quiet --output-document=- \
  --method=POST \
  --header='Content-Type: multipart/form-data; boundary=boundary-1f' \
  --body-file=request-body.tmp \
  'https://api.stripe.com/v1/things'
