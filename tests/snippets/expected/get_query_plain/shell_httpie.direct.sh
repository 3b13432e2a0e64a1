http --ignore-stdin GET 'https://api.stripe.com/v1/customers' \
  limit==3 \
  starting_after==cus_1 \
  "Authorization:Bearer $STRIPE_API_KEY"
