http --ignore-stdin DELETE 'https://api.stripe.com/v1/things' \
  'Content-Type:application/json' \
  --raw='{"hard":true}'
