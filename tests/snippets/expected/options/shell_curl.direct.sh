curl --request OPTIONS \
  --url 'https://api.stripe.com/v1/things'
