# wget adds a Content-Type of its own: application/x-www-form-urlencoded.
wget --quiet --output-document=- \
  --method=POST \
  --body-data='no type' \
  'https://api.stripe.com/v1/things'
