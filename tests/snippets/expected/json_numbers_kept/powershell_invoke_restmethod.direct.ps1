# Needs PowerShell 7.
$body = '{"small":1e-7,"large":1e+21,"plain":100,"point":0.000001,"x":9007199254740991}'

$request = @{
    Method = 'Post'
    Uri = 'https://api.stripe.com/v1/things'
    ContentType = 'application/json'
    Body = $body
}

Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status
$status
