wget --quiet --output-document=- \
  --method=POST \
  --header='Content-Type: application/json' \
  --header="X-Api-Key: $MAPS_KEY" \
  --body-data='{"q":"x"}' \
  'http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession'
