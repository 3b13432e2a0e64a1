http --ignore-stdin POST 'https://api.stripe.com/v1/things' \
  'Content-Type:text/plain; charset=utf-8'
