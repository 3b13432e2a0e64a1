http --ignore-stdin POST 'https://api.stripe.com/v1/things' \
  'Content-Type:application/json' \
  --raw='{"a":"\ud800","slash":"\/","e":"\u00e9"}'
