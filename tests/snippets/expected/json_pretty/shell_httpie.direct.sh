http --ignore-stdin POST 'https://api.stripe.com/v1/things' \
  'Content-Type:application/json' \
  --raw='{
  "a": 1,
  "b": [
    true
  ]
}'
