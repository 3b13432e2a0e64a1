http --ignore-stdin GET "https://api.stripe.com/v1/maps?at=%271%27&key=$MAPS_KEY"
