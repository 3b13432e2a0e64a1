# Reads my_photo.png from the folder it is run in.
curl --request PUT \
  --url 'https://api.stripe.com/v1/things' \
  --header 'Content-Type: image/png' \
  --data-binary @my_photo.png
