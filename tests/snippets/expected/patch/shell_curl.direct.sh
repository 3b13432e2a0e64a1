curl --request PATCH \
  --url 'https://api.stripe.com/v1/things' \
  --header "Authorization: Bearer $STRIPE_API_KEY" \
  --header 'Content-Type: application/json' \
  --data-raw '{"name":"Zoë"}'
