http --ignore-stdin POST 'https://api.stripe.com/v1/things' \
  'Content-Type:application/json' \
  --raw='{"a":1.0,"b":1E5,"c":12345678901234567890,"d":-0,"e":1e400,"f":0.1}'
