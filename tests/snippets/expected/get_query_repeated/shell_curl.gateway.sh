curl --request POST \
  --url 'http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession' \
  --header 'Content-Type: application/json' \
  --data-raw '{"id":["1","2"],"by":"a-b_c.d"}'
