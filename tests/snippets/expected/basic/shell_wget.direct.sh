wget --quiet --output-document=- \
  --auth-no-challenge --user="$STRIPE_USERNAME" --password="$STRIPE_PASSWORD" \
  'https://api.stripe.com/v1/things'
