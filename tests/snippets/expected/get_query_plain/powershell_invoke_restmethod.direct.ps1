# Needs PowerShell 7.
$request = @{
    Method = 'Get'
    Uri = 'https://api.stripe.com/v1/customers?limit=3&starting_after=cus_1'
    Headers = @{
        Authorization = "Bearer ${env:STRIPE_API_KEY}"
    }
}

Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status
$status
