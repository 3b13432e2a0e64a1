# A secret in the address must be percent-encoded, unless it is letters, digits and - . _ ~ alone.
http --ignore-stdin POST "https://api.stripe.com/v1/pins/$STRIPE_PIN?pin=$STRIPE_QUERY_PIN&page=2" \
  "Authorization:Bearer $STRIPE_API_KEY" \
  'Content-Type:application/json' \
  --raw='{"q":1}'
