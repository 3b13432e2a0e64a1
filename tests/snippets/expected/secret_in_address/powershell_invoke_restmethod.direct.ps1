# Needs PowerShell 7.
# System.Uri rewrites parts of this address: dot segments, escapes it finds needless or missing.
$request = @{
    Method = 'Get'
    Uri = "https://api.stripe.com/v1/keys/$([uri]::EscapeDataString($env:STRIPE_PASSWD))/uses;by=a?limit=3&passwd=$([uri]::EscapeDataString($env:MAPS_KEY))&set={x}"
}

Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status
$status
