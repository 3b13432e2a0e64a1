curl --request POST \
  --url 'http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession' \
  --header 'Content-Type: application/json' \
  --data-raw '{"body":"a'"$(printf '\342\200\256')"'b'"$(printf '\342\200\213')"'c'"$(printf '\302\240')"'d'"$(printf '\357\273\277')"'\t\u001b[2J\r\n\u0000'"$(printf '\177')"'a'"$(printf '\342\200\256')"'b'"$(printf '\342\200\213')"'c'"$(printf '\302\240')"'d'"$(printf '\357\273\277')"'"}'
