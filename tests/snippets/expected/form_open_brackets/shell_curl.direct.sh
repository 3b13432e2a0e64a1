curl --request POST \
  --url 'https://api.stripe.com/v1/things' \
  --data-raw 'line_items[0][price_data][currency]=usd&line_items[0][quantity]=2&name=It%27s&&'
