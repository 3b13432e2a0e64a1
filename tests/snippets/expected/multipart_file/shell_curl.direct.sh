# Reads photo.png from the folder it is run in.
curl --request POST \
  --url 'https://api.stripe.com/v1/things' \
  --form-string 'title=Zoë' \
  --form 'photo=@photo.png;type=image/png'
