# Reads photo.png from the folder it is run in.
http --ignore-stdin --multipart POST 'https://api.stripe.com/v1/things' \
  'title=Zoë' \
  'photo@photo.png;type=image/png'
