http --ignore-stdin GET 'https://api.stripe.com/v1/things' \
  "Cookie:theme=dark; sid=$MAPS_KEY"
