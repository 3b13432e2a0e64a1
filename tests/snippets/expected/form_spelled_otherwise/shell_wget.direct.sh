wget --quiet --output-document=- \
  --method=POST \
  --header='Content-Type: application/x-www-form-urlencoded' \
  --body-data='a=x%20y/z'\''&&b' \
  'https://api.stripe.com/v1/things'
