wget --quiet --output-document=- \
  "https://api.stripe.com/v1/maps?key=$MAPS_KEY"
