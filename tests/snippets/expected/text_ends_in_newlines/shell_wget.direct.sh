wget --quiet --output-document=- \
  --method=POST \
  --header='Content-Type: text/plain; charset=utf-8' \
  --body-data='two

lines

' \
  'https://api.stripe.com/v1/things'
