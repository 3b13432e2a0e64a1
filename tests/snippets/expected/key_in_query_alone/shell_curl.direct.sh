curl --request GET \
  --url "https://api.stripe.com/v1/maps?key=$MAPS_KEY"
