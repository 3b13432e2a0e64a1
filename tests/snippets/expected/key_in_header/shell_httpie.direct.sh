http --ignore-stdin GET 'https://api.stripe.com/v1/things' \
  "X-Key:$MAPS_KEY"
