# Needs PowerShell 7.
$body = '{"name":"Ada","tags":["a","b"],"none":null,"yes":true}'

$request = @{
    Method = 'Post'
    Uri = 'https://api.stripe.com/v1/things'
    ContentType = 'application/json'
    Body = $body
}

Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status
$status
