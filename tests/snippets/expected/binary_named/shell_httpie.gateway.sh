http --ignore-stdin POST 'http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession' \
  'Content-Type:application/json' \
  --raw='{"body":{"filename":"my photo.png","content_type":"application/octet-stream","content":"iVBORw0KGgoAASciJCh4Kf8="}}'
