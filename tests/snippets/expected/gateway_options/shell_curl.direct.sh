curl --request GET \
  --url 'https://api.stripe.com/v1/things' \
  --header "Authorization: Bearer $STRIPE_API_KEY"
