curl --request POST \
  --url 'https://api.stripe.com/v1/things' \
  --header 'Content-Type: application/x-www-form-urlencoded; charset=utf-8' \
  --data-raw 'a=%C3%A9'
