curl --request GET \
  --url 'https://api.stripe.com/v1/things' \
  --header "X-Key: $MAPS_KEY"
