# This is the wrapped form of a call, which gateways other than Playground's may not know.
# Needs PowerShell 7.
# A secret with a quotation mark or backslash in it must be escaped as in JSON.
$body = @"
{
  "args": {
    "q": "it's"
  },
  "credential": {
    "type": "bearer_token",
    "token": "${env:STRIPE_API_KEY}"
  },
  "options": {
    "server": "https://eu.example.com/v1",
    "media_type": "text/plain"
  }
}
"@

$request = @{
    Method = 'Post'
    Uri = 'http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession'
    ContentType = 'application/json'
    Body = $body
}

Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status
$status
