# Needs PowerShell 7.
# System.Uri rewrites parts of this address: dot segments, escapes it finds needless or missing.
$request = @{
    Method = 'Get'
    Uri = 'https://api.stripe.com/v1/search?expand%5B%5D=data.customer&filter%5Bstatus%5D=%C3%A9%26%3D&note=%23%27'
}

Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status
$status
