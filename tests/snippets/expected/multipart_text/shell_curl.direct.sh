curl --request POST \
  --url 'https://api.stripe.com/v1/things' \
  --form-string 'title=It'\''s $HOME' \
  --form-string 'at=@/etc/passwd;type=x' \
  --form-string 'empty='
