# Needs PowerShell 7.
$body = 'a=%C3%A9'

$request = @{
    Method = 'Post'
    Uri = 'https://api.stripe.com/v1/things'
    ContentType = 'application/x-www-form-urlencoded; charset=utf-8'
    Body = $body
}

Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status
$status
