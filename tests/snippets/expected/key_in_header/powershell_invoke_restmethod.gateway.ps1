# Needs PowerShell 7.
$body = '{"q":"x"}'

$request = @{
    Method = 'Post'
    Uri = 'http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession'
    Headers = @{
        'X-Api-Key' = "${env:MAPS_KEY}"
    }
    ContentType = 'application/json'
    Body = $body
}

Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status
$status
