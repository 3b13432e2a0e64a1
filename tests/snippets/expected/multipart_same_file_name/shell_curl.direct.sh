# Reads a.txt, a_2.txt from the folder it is run in.
curl --request POST \
  --url 'https://api.stripe.com/v1/things' \
  --form 'f=@a.txt;type=text/plain;filename="-a.txt"' \
  --form 'f=@a_2.txt;type=text/plain;filename="-a.txt"'
