# A secret in the address must be percent-encoded, unless it is letters, digits and - . _ ~ alone.
# wget rewrites parts of this address: dot segments and characters it wants percent-encoded.
wget --quiet --output-document=- \
  'https://api.stripe.com/v1/keys/'"$STRIPE_PASSWD"'/uses;by=a?limit=3&passwd='"$MAPS_KEY"'&set={x}'
