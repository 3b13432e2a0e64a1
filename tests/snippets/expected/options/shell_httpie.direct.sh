http --ignore-stdin OPTIONS 'https://api.stripe.com/v1/things'
