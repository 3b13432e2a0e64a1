# Needs PowerShell 7.
$request = @{
    Method = 'Get'
    Uri = 'https://api.stripe.com/v1/things?empty=&bare&a=%26%3D%2B%25%23&a=2&f%5Bstatus%5D=x%20y+z&u=%C3%A9'
}

Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status
$status
