http --ignore-stdin POST 'https://api.stripe.com/v1/things' \
  'Content-Type:application/x-www-form-urlencoded' \
  --raw='a=x%20y/z'\''&&b'
