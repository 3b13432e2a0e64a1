# A secret in the address must be percent-encoded, unless it is letters, digits and - . _ ~ alone.
curl --request GET \
  --url "https://api.stripe.com/v1/maps?key=$MAPS_KEY"
