wget --quiet --output-document=- \
  --method=DELETE \
  --header='Content-Type: application/json' \
  --body-data='{"hard":true}' \
  'https://api.stripe.com/v1/things'
