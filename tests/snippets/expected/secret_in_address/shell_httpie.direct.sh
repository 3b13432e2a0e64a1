# A secret in the address must be percent-encoded, unless it is letters, digits and - . _ ~ alone.
http --ignore-stdin GET "https://api.stripe.com/v1/keys/$STRIPE_PASSWD/uses;by=a?limit=3&passwd=$MAPS_KEY&page=2"
