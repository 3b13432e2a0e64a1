# Reads my_photo.png from the folder it is run in.
cat my_photo.png | http PUT 'https://api.stripe.com/v1/things' \
  'Content-Type:image/png'
