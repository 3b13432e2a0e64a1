wget --quiet --output-document=- \
  --method=OPTIONS \
  'https://api.stripe.com/v1/things'
