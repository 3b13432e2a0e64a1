http --ignore-stdin POST 'https://api.stripe.com/v1/things' \
  'Content-Type:application/json' \
  --raw='{"name":"Ada","tags":["a","b"],"none":null,"yes":true}'
