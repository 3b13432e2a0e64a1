curl --request POST \
  --url 'http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession' \
  --header 'Content-Type: application/json' \
  --data-raw '{"q":"a b","page":"1"}'
