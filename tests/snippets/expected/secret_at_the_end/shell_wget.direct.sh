# A secret in the address must be percent-encoded, unless it is letters, digits and - . _ ~ alone.
wget --quiet --output-document=- \
  --method=DELETE \
  "https://api.stripe.com/v1/keys?limit=3&key=$MAPS_KEY&passwd=$STRIPE_PASSWD"
