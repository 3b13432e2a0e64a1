curl --request POST \
  --url 'https://api.stripe.com/v1/things' \
  --header 'Content-Type: application/json' \
  --data-raw '{}'
