# Needs PowerShell 7.
# System.Uri rewrites parts of this address: dot segments, escapes it finds needless or missing.
$request = @{
    Method = 'Get'
    Uri = 'https://api.stripe.com/v1/a%20b%2Fc;v=1+x/%C3%A9/%24%28touch%20canary%29/$(touch)'
}

Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status
$status
