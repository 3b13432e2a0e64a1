wget --quiet --output-document=- \
  'https://api.stripe.com/v1/things?q=a%20b&page=1'
