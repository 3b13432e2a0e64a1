# A secret in the address must be percent-encoded, unless it is letters, digits and - . _ ~ alone.
wget --quiet --output-document=- \
  --method=POST \
  --header="Authorization: Bearer $STRIPE_API_KEY" \
  --header='Content-Type: application/json' \
  --body-data='{"q":1}' \
  "https://api.stripe.com/v1/pins/$STRIPE_PIN?pin=$STRIPE_QUERY_PIN&page=2"
