wget --quiet --output-document=- \
  --method=POST \
  --header='Content-Type: application/x-www-form-urlencoded' \
  --body-data='line_items[0][price_data][currency]=usd&line_items[0][quantity]=2&name=It%27s&&' \
  'https://api.stripe.com/v1/things'
