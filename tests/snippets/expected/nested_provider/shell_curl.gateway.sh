curl --request POST \
  --url 'http://127.0.0.1:8000/gateway/tools/google%2Fbooks/volumes-x.list.2nd.delete' \
  --header 'Content-Type: application/json' \
  --data-raw '{"q":"flowers"}'
