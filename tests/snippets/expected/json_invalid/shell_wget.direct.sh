wget --quiet --output-document=- \
  --method=POST \
  --header='Content-Type: application/json' \
  --body-data='{"unfinished": [1, 2' \
  'https://api.stripe.com/v1/things'
