# Needs PowerShell 7.
$request = @{
    Method = 'Get'
    Uri = 'https://api.stripe.com/v1/things'
    Headers = @{
        'X-Client-Secret' = "${env:STRIPE_API_KEY}"
        'X-Page' = '2'
        Cookie = "theme=dark; token=${env:MAPS_KEY}; a=b"
    }
}

Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status
$status
