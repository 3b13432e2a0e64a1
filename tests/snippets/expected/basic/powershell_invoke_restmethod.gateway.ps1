# Needs PowerShell 7.
$credentials = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes("${env:STRIPE_USERNAME}:${env:STRIPE_PASSWORD}"))
$body = '{}'

$request = @{
    Method = 'Post'
    Uri = 'http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession'
    Headers = @{
        Authorization = "Basic $credentials"
    }
    ContentType = 'application/json'
    Body = $body
}

Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status
$status
