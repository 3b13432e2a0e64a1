curl --request GET \
  --path-as-is \
  --url 'https://api.stripe.com/v1/%2E%2E/../things/.'
