# Needs PowerShell 7.
$request = @{
    Method = 'Get'
    Uri = "https://api.stripe.com/v1/things?key=$([uri]::EscapeDataString($env:MAPS_KEY))"
    Headers = @{
        Authorization = "Bearer ${env:STRIPE_API_KEY}"
        'X-Key' = "${env:MAPS_KEY}"
    }
}

Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status
$status
