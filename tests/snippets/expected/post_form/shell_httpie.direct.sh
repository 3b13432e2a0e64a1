http --ignore-stdin --form POST 'https://api.stripe.com/v1/checkout/sessions/cs_test_a1B2c3' \
  "Authorization:Bearer $STRIPE_API_KEY" \
  'Content-Type:application/x-www-form-urlencoded' \
  'line_items[0][price_data][currency]=usd' \
  'line_items[0][price_data][unit_amount]=1500' \
  'line_items[0][quantity]=2' \
  'metadata[order]=6735'
