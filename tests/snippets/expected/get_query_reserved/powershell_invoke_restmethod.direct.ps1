# Needs PowerShell 7.
# System.Uri rewrites parts of this address: dot segments, escapes it finds needless or missing.
$request = @{
    Method = 'Get'
    Uri = 'https://api.stripe.com/v1/things?filter[a]=1,2&set={x}|y&path=a/b?c:@!$()*;'
}

Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status
$status
