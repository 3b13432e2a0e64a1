curl --request POST \
  --url 'http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession' \
  --header 'Content-Type: application/json' \
  --header "Authorization: Bearer $STRIPE_API_KEY" \
  --data-raw '{"q":1,"page":2}'
