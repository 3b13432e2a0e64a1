http --ignore-stdin --form POST 'https://api.stripe.com/v1/things' \
  'Content-Type:application/x-www-form-urlencoded' \
  'tags=a b' \
  'tags=c&d' \
  'amp=x&y=z+w' \
  'empty=' \
  '7=7'
