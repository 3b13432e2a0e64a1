http --ignore-stdin HEAD 'https://api.stripe.com/v1/things'
