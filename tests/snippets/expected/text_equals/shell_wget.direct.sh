wget --quiet --output-document=- \
  --method=POST \
  --header='Content-Type: text/plain; charset=utf-8' \
  --body-data='=1+1' \
  'https://api.stripe.com/v1/things'
