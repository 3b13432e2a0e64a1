# Needs PowerShell 7.
$body = 'tags=a+b&tags=c%26d&amp=x%26y%3Dz%2Bw&empty=&7=7'

$request = @{
    Method = 'Post'
    Uri = 'https://api.stripe.com/v1/things'
    ContentType = 'application/x-www-form-urlencoded'
    Body = $body
}

Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status
$status
