wget --quiet --output-document=- \
  --method=POST \
  --header='Content-Type: application/json' \
  --body-data='{}' \
  'http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession'
