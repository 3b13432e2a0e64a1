# A secret in the address must be percent-encoded, unless it is letters, digits and - . _ ~ alone.
wget --quiet --output-document=- \
  "https://api.stripe.com/v1/maps?key=$MAPS_KEY"
