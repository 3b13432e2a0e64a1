# A secret in the address must be percent-encoded, unless it is letters, digits and - . _ ~ alone.
curl --request DELETE \
  --url "https://api.stripe.com/v1/keys?limit=3&key=$MAPS_KEY&passwd=$STRIPE_PASSWD"
