curl --request GET \
  --url 'https://api.stripe.com/v1/things' \
  --header 'X-Many: a' \
  --header 'X-Other: o' \
  --header 'X-Many: b'
