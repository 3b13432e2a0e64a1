http --ignore-stdin PATCH 'https://api.stripe.com/v1/things' \
  "Authorization:Bearer $STRIPE_API_KEY" \
  'Content-Type:application/json' \
  --raw='{"name":"Zoë"}'
