# A secret in the address must be percent-encoded, unless it is letters, digits and - . _ ~ alone.
curl --request POST \
  --url "https://api.stripe.com/v1/pins/$STRIPE_PIN?pin=$STRIPE_QUERY_PIN&page=2" \
  --header "Authorization: Bearer $STRIPE_API_KEY" \
  --header 'Content-Type: application/json' \
  --data-raw '{"q":1}'
