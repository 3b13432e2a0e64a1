# Needs PowerShell 7.
$body = @'
{
  "body": {
    "filename": "my photo.png",
    "content_type": "application/octet-stream",
    "content": "iVBORw0KGgoAASciJCh4Kf8="
  }
}
'@

$request = @{
    Method = 'Post'
    Uri = 'http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession'
    ContentType = 'application/json'
    Body = $body
}

Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status
$status
