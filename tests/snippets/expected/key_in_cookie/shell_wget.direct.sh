wget --quiet --output-document=- \
  --header="Cookie: theme=dark; sid=$MAPS_KEY" \
  'https://api.stripe.com/v1/things'
