# Needs PowerShell 7.
# System.Uri rewrites parts of this address: dot segments, escapes it finds needless or missing.
$request = @{
    Method = 'Get'
    Uri = 'https://api.stripe.com/v1/%2E%2E/../things/.'
}

Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status
$status
