wget --quiet --output-document=- \
  --header="X-Client-Secret: $STRIPE_API_KEY" \
  --header='X-Page: 2' \
  --header="Cookie: theme=dark; token=$MAPS_KEY; a=b" \
  'https://api.stripe.com/v1/things'
