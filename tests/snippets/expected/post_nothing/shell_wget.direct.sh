wget --quiet --output-document=- \
  --method=POST \
  --header="Authorization: Bearer $STRIPE_API_KEY" \
  --header='Content-Length: 0' \
  'https://api.stripe.com/v1/things'
