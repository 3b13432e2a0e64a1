curl --request DELETE \
  --url 'https://api.stripe.com/v1/things?id=1&id=2&by=a-b_c.d'
