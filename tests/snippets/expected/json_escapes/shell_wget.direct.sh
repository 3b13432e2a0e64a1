wget --quiet --output-document=- \
  --method=POST \
  --header='Content-Type: application/json' \
  --body-data='{"a":"\ud800","slash":"\/","e":"\u00e9"}' \
  'https://api.stripe.com/v1/things'
