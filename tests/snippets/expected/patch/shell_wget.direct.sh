wget --quiet --output-document=- \
  --method=PATCH \
  --header="Authorization: Bearer $STRIPE_API_KEY" \
  --header='Content-Type: application/json' \
  --body-data='{"name":"Zoë"}' \
  'https://api.stripe.com/v1/things'
