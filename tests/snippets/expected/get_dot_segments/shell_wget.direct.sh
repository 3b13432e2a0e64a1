# wget rewrites parts of this address: dot segments and characters it wants percent-encoded.
wget --quiet --output-document=- \
  'https://api.stripe.com/v1/%2E%2E/../things/.'
