curl --request GET \
  --url 'https://api.stripe.com/v1/things' \
  --header "Cookie: theme=dark; sid=$MAPS_KEY"
