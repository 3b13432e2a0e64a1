# A secret in the address must be percent-encoded, unless it is letters, digits and - . _ ~ alone.
http --ignore-stdin GET "https://api.stripe.com/v1/things?key=$MAPS_KEY" \
  "Authorization:Bearer $STRIPE_API_KEY" \
  "X-Key:$MAPS_KEY"
