curl --request POST \
  --url 'https://api.stripe.com/v1/things' \
  --header 'Content-Type: application/json' \
  --data-raw '{"small":1e-7,"large":1e+21,"plain":100,"point":0.000001,"x":9007199254740991}'
