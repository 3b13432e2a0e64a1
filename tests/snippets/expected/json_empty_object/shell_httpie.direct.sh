http --ignore-stdin POST 'https://api.stripe.com/v1/things' \
  'Content-Type:application/json' \
  --raw='{}'
