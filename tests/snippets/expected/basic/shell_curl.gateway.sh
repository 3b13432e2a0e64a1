curl --request POST \
  --url 'http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession' \
  --user "$STRIPE_USERNAME:$STRIPE_PASSWORD" \
  --header 'Content-Type: application/json' \
  --data-raw '{}'
