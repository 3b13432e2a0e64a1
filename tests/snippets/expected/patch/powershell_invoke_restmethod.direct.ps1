# Needs PowerShell 7.
$body = [Text.Encoding]::UTF8.GetBytes('{"name":"Zoë"}')

$request = @{
    Method = 'Patch'
    Uri = 'https://api.stripe.com/v1/things'
    Headers = @{
        Authorization = "Bearer ${env:STRIPE_API_KEY}"
    }
    ContentType = 'application/json'
    Body = $body
}

Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status
$status
