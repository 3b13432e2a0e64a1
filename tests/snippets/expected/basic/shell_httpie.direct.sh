http --ignore-stdin --auth "$STRIPE_USERNAME:$STRIPE_PASSWORD" GET 'https://api.stripe.com/v1/things'
