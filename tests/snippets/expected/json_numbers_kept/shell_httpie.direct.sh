http --ignore-stdin POST 'https://api.stripe.com/v1/things' \
  'Content-Type:application/json' \
  --raw='{"small":1e-7,"large":1e+21,"plain":100,"point":0.000001,"x":9007199254740991}'
