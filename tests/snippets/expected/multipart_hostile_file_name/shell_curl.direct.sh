# Reads txt from the folder it is run in.
curl --request POST \
  --url 'https://api.stripe.com/v1/things' \
  --form 'f=@txt;type=text/plain;filename="he\"l'\''lo;$(touch canary)`touch canary`\\.txt"'
