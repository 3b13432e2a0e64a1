wget --quiet --output-document=- \
  --method=POST \
  --auth-no-challenge --user="$STRIPE_USERNAME" --password="$STRIPE_PASSWORD" \
  --header='Content-Type: application/json' \
  --body-data='{}' \
  'http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession'
