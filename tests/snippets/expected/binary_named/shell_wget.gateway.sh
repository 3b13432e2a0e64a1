wget --quiet --output-document=- \
  --method=POST \
  --header='Content-Type: application/json' \
  --body-data='{"body":{"filename":"my photo.png","content_type":"application/octet-stream","content":"iVBORw0KGgoAASciJCh4Kf8="}}' \
  'http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession'
