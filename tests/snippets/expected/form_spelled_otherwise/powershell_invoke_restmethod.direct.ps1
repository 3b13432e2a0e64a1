# Needs PowerShell 7.
$body = 'a=x%20y/z''&&b'

$request = @{
    Method = 'Post'
    Uri = 'https://api.stripe.com/v1/things'
    ContentType = 'application/x-www-form-urlencoded'
    Body = $body
}

Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status
$status
