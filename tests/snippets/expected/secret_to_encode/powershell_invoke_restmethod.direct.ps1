# Needs PowerShell 7.
$body = '{"q":1}'

$request = @{
    Method = 'Post'
    Uri = "https://api.stripe.com/v1/pins/$([uri]::EscapeDataString($env:STRIPE_PIN))?pin=$([uri]::EscapeDataString($env:STRIPE_QUERY_PIN))&page=2"
    Headers = @{
        Authorization = "Bearer ${env:STRIPE_API_KEY}"
    }
    ContentType = 'application/json'
    Body = $body
}

Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status
$status
