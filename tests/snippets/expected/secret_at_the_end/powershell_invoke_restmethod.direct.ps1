# Needs PowerShell 7.
$request = @{
    Method = 'Delete'
    Uri = "https://api.stripe.com/v1/keys?limit=3&key=$([uri]::EscapeDataString($env:MAPS_KEY))&passwd=$([uri]::EscapeDataString($env:STRIPE_PASSWD))"
}

Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status
$status
