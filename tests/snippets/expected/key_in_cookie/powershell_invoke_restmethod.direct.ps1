# Needs PowerShell 7.
$request = @{
    Method = 'Get'
    Uri = 'https://api.stripe.com/v1/things'
    Headers = @{
        Cookie = "theme=dark; sid=${env:MAPS_KEY}"
    }
}

Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status
$status
