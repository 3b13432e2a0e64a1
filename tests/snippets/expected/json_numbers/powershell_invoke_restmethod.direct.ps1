# Needs PowerShell 7.
$body = '{"a":1.0,"b":1E5,"c":12345678901234567890,"d":-0,"e":1e400,"f":0.1}'

$request = @{
    Method = 'Post'
    Uri = 'https://api.stripe.com/v1/things'
    ContentType = 'application/json'
    Body = $body
}

Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status
$status
