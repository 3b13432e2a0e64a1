http --ignore-stdin POST 'https://api.stripe.com/v1/things' \
  'Content-Type:application/x-www-form-urlencoded' \
  --raw='line_items[0][price_data][currency]=usd&line_items[0][quantity]=2&name=It%27s&&'
