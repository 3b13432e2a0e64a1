curl --request POST \
  --url 'https://api.stripe.com/v1/things' \
  --data-raw 'a=x%20y/z'\''&&b'
