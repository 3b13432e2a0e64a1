curl --request POST \
  --url 'https://api.stripe.com/v1/checkout/sessions/cs_test_a1B2c3' \
  --header "Authorization: Bearer $STRIPE_API_KEY" \
  --data-raw 'line_items%5B0%5D%5Bprice_data%5D%5Bcurrency%5D=usd' \
  --data-raw 'line_items%5B0%5D%5Bprice_data%5D%5Bunit_amount%5D=1500' \
  --data-raw 'line_items%5B0%5D%5Bquantity%5D=2' \
  --data-raw 'metadata%5Border%5D=6735'
