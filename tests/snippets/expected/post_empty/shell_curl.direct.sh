curl --request POST \
  --url 'https://api.stripe.com/v1/things' \
  --header 'Content-Type: text/plain; charset=utf-8' \
  --data-raw ''
