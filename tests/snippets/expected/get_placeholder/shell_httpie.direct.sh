# Fill in: session
http --ignore-stdin GET 'https://api.stripe.com/v1/sessions/{session}'
