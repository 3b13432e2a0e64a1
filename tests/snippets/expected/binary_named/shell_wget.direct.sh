# Reads my_photo.png from the folder it is run in.
wget --quiet --output-document=- \
  --method=PUT \
  --header='Content-Type: image/png' \
  --body-file=my_photo.png \
  'https://api.stripe.com/v1/things'
