curl --request POST \
  --url 'https://api.stripe.com/v1/things' \
  --data-raw 'tags=a+b' \
  --data-raw 'tags=c%26d' \
  --data-raw 'amp=x%26y%3Dz%2Bw' \
  --data-raw 'empty=' \
  --data-raw '7=7'
