curl --head \
  --url 'https://api.stripe.com/v1/things'
