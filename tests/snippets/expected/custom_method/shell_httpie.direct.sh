http --ignore-stdin QUERY 'https://api.stripe.com/v1/things' \
  'Content-Type:application/json' \
  --raw='{"q":1}'
