wget --quiet --output-document=- \
  --header="Authorization: Bearer $STRIPE_API_KEY" \
  'https://api.stripe.com/v1/customers?limit=3&starting_after=cus_1'
