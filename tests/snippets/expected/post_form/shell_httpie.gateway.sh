http --ignore-stdin POST 'http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession' \
  'Content-Type:application/json' \
  "Authorization:Bearer $STRIPE_API_KEY" \
  --raw='{"session":"cs_test_a1B2c3","line_items":[{"quantity":2,"price_data":{"currency":"usd","unit_amount":1500,"product":"prod_123"}}],"metadata":{"order":"6735"}}'
