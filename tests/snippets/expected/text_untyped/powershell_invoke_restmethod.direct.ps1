# Needs PowerShell 7.
# Invoke-RestMethod adds a Content-Type of its own, since none is set.
$body = 'no type'

$request = @{
    Method = 'Post'
    Uri = 'https://api.stripe.com/v1/things'
    Body = $body
}

Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status
$status
