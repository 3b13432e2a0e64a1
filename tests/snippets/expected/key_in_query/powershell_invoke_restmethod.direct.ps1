# Needs PowerShell 7.
$request = @{
    Method = 'Get'
    Uri = "https://api.stripe.com/v1/maps?at=%271%27&key=$([uri]::EscapeDataString($env:MAPS_KEY))"
}

Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status
$status
