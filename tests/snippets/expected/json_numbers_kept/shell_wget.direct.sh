wget --quiet --output-document=- \
  --method=POST \
  --header='Content-Type: application/json' \
  --body-data='{"small":1e-7,"large":1e+21,"plain":100,"point":0.000001,"x":9007199254740991}' \
  'https://api.stripe.com/v1/things'
