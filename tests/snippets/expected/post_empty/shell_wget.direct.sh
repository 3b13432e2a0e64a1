wget --quiet --output-document=- \
  --method=POST \
  --header='Content-Type: text/plain; charset=utf-8' \
  --header='Content-Length: 0' \
  'https://api.stripe.com/v1/things'
