# A secret with a quotation mark or backslash in it must be escaped as in JSON.
curl --request POST \
  --url 'http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession' \
  --header 'Content-Type: application/json' \
  --data-raw '{"passwd":"'"$STRIPE_PASSWD"'","limit":3}'
