http --ignore-stdin GET 'https://api.stripe.com/v1/things' \
  "X-Client-Secret:$STRIPE_API_KEY" \
  'X-Page:2' \
  "Cookie:theme=dark; token=$MAPS_KEY; a=b"
