http --ignore-stdin --auth "$STRIPE_USERNAME:$STRIPE_PASSWORD" POST 'http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession' \
  'Content-Type:application/json' \
  --raw='{}'
