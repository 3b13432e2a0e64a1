http --ignore-stdin --path-as-is GET 'https://api.stripe.com/v1/%2E%2E/../things/.'
