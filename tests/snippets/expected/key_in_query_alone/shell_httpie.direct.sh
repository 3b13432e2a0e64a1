http --ignore-stdin GET "https://api.stripe.com/v1/maps?key=$MAPS_KEY"
