wget --quiet --output-document=- \
  --method=HEAD \
  'https://api.stripe.com/v1/things'
