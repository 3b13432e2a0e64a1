# This is the wrapped form of a call, which gateways other than Playground's may not know.
# A secret with a quotation mark or backslash in it must be escaped as in JSON.
http --ignore-stdin POST 'http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession' \
  'Content-Type:application/json' \
  --raw='{"args":{"q":"it'\''s"},"credential":{"type":"bearer_token","token":"'"$STRIPE_API_KEY"'"},"options":{"server":"https://eu.example.com/v1","media_type":"text/plain"}}'
