# Needs PowerShell 7.
$request = @{
    Method = 'Post'
    Uri = 'https://api.stripe.com/v1/things'
    Headers = @{
        Authorization = "Bearer ${env:STRIPE_API_KEY}"
    }
}

Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status
$status
