wget --quiet --output-document=- \
  --method=POST \
  --header='Content-Type: application/json' \
  --body-data='{"name":"Ada","tags":["a","b"],"none":null,"yes":true}' \
  'https://api.stripe.com/v1/things'
