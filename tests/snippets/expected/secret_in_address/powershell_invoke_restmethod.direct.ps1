# Needs PowerShell 7.
$request = @{
    Method = 'Get'
    Uri = "https://api.stripe.com/v1/keys/$([uri]::EscapeDataString($env:STRIPE_PASSWD))/uses;by=a?limit=3&passwd=$([uri]::EscapeDataString($env:MAPS_KEY))&page=2"
}

Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status
$status
