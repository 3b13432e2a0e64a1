wget --quiet --output-document=- \
  --method=POST \
  --header='Content-Type: application/x-www-form-urlencoded; charset=utf-8' \
  --body-data='a=%C3%A9' \
  'https://api.stripe.com/v1/things'
