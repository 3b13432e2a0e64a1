# A secret in the address must be percent-encoded, unless it is letters, digits and - . _ ~ alone.
wget --quiet --output-document=- \
  "https://api.stripe.com/v1/maps?at=%271%27&key=$MAPS_KEY"
