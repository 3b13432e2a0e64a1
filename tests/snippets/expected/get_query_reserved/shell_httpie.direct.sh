# HTTPie rewrites parts of this address: characters it wants percent-encoded.
http --ignore-stdin GET 'https://api.stripe.com/v1/things?filter[a]=1,2&set={x}|y&path=a/b?c:@!$()*;'
