http --ignore-stdin GET 'https://api.stripe.com/v1/things'
