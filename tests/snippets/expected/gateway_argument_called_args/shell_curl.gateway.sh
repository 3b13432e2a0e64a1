# This is the wrapped form of a call, which gateways other than Playground's may not know.
curl --request POST \
  --url 'http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession' \
  --header 'Content-Type: application/json' \
  --data-raw '{"args":{"args":{"q":1}}}'
