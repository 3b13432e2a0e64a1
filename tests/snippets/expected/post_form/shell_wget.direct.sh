wget --quiet --output-document=- \
  --method=POST \
  --header="Authorization: Bearer $STRIPE_API_KEY" \
  --header='Content-Type: application/x-www-form-urlencoded' \
  --body-data='line_items%5B0%5D%5Bprice_data%5D%5Bcurrency%5D=usd&line_items%5B0%5D%5Bprice_data%5D%5Bunit_amount%5D=1500&line_items%5B0%5D%5Bquantity%5D=2&metadata%5Border%5D=6735' \
  'https://api.stripe.com/v1/checkout/sessions/cs_test_a1B2c3'
