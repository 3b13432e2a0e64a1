wget --quiet --output-document=- \
  --method=POST \
  --header='Content-Type: application/json' \
  --body-data='{
  "a": 1,
  "b": [
    true
  ]
}' \
  'https://api.stripe.com/v1/things'
