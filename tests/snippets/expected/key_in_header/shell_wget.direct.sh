wget --quiet --output-document=- \
  --header="X-Key: $MAPS_KEY" \
  'https://api.stripe.com/v1/things'
