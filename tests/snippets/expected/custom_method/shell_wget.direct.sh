wget --quiet --output-document=- \
  --method=QUERY \
  --header='Content-Type: application/json' \
  --body-data='{"q":1}' \
  'https://api.stripe.com/v1/things'
