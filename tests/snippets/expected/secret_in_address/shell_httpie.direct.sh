# A secret in the address must be percent-encoded, unless it is letters, digits and - . _ ~ alone.
# HTTPie rewrites parts of this address: characters it wants percent-encoded.
http --ignore-stdin GET 'https://api.stripe.com/v1/keys/'"$STRIPE_PASSWD"'/uses;by=a?limit=3&passwd='"$MAPS_KEY"'&set={x}'
