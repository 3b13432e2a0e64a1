http --ignore-stdin GET 'https://api.stripe.com/v1/things' \
  'X-Many:a' \
  'X-Other:o' \
  'X-Many:b'
