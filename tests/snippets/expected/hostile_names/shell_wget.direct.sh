wget --quiet --output-document=- \
  'https://api.stripe.com/v1/things'
