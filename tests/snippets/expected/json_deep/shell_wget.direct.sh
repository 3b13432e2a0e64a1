wget --quiet --output-document=- \
  --method=POST \
  --header='Content-Type: application/json' \
  --body-data='{"chain":{"next":[{"next":[{"next":[{"next":[{"next":[{"next":[{"next":[{"next":[{"next":[{"next":[{"next":[{"next":[{"next":[{"next":[{"next":[{"next":[{"next":[{"next":[{"next":[{"next":[{"next":[{"next":[{"next":[{"next":[{"next":["end"]}]}]}]}]}]}]}]}]}]}]}]}]}]}]}]}]}]}]}]}]}]}]}]}]}}' \
  'https://api.stripe.com/v1/things'
