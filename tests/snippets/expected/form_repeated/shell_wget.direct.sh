wget --quiet --output-document=- \
  --method=POST \
  --header='Content-Type: application/x-www-form-urlencoded' \
  --body-data='tags=a+b&tags=c%26d&amp=x%26y%3Dz%2Bw&empty=&7=7' \
  'https://api.stripe.com/v1/things'
