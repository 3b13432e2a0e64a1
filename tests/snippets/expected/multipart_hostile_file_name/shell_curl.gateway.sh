curl --request POST \
  --url 'http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession' \
  --header 'Content-Type: application/json' \
  --data-raw '{
  "f": {
    "filename": "../he\"l'\''lo;$(touch canary).txt",
    "content_type": "application/octet-stream",
    "content": "eA=="
  }
}'
