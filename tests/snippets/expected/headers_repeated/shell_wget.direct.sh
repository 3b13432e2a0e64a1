# wget cannot repeat a header field: X-Many is joined into one.
wget --quiet --output-document=- \
  --header='X-Many: a, b' \
  --header='X-Other: o' \
  'https://api.stripe.com/v1/things'
