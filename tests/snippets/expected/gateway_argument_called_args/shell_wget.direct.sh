wget --quiet --output-document=- \
  --method=POST \
  --header='Content-Type: application/json' \
  --body-data='{"args":{"q":1}}' \
  'https://api.stripe.com/v1/things'
