http --ignore-stdin GET 'https://api.stripe.com/v1/things' \
  "Authorization:Bearer $STRIPE_API_KEY"
