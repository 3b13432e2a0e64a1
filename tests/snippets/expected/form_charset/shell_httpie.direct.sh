http --ignore-stdin --form POST 'https://api.stripe.com/v1/things' \
  'Content-Type:application/x-www-form-urlencoded; charset=utf-8' \
  'a=é'
