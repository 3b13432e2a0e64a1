# A secret in the address must be percent-encoded, unless it is letters, digits and - . _ ~ alone.
wget --quiet --output-document=- \
  --header="Authorization: Bearer $STRIPE_API_KEY" \
  --header="X-Key: $MAPS_KEY" \
  "https://api.stripe.com/v1/things?key=$MAPS_KEY"
