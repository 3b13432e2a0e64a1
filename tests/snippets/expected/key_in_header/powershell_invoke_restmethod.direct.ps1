# Needs PowerShell 7.
$request = @{
    Method = 'Get'
    Uri = 'https://api.stripe.com/v1/things'
    Headers = @{
        'X-Key' = "${env:MAPS_KEY}"
    }
}

Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status
$status
