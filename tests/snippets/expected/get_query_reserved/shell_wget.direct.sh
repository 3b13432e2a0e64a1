# wget rewrites parts of this address: dot segments and characters it wants percent-encoded.
wget --quiet --output-document=- \
  'https://api.stripe.com/v1/things?filter[a]=1,2&set={x}|y&path=a/b?c:@!$()*;'
