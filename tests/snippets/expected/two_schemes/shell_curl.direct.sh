# A secret in the address must be percent-encoded, unless it is letters, digits and - . _ ~ alone.
curl --request GET \
  --url "https://api.stripe.com/v1/things?key=$MAPS_KEY" \
  --header "Authorization: Bearer $STRIPE_API_KEY" \
  --header "X-Key: $MAPS_KEY"
