# Needs PowerShell 7.
$credentials = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes("${env:STRIPE_USERNAME}:${env:STRIPE_PASSWORD}"))

$request = @{
    Method = 'Get'
    Uri = 'https://api.stripe.com/v1/things'
    Headers = @{
        Authorization = "Basic $credentials"
    }
}

Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status
$status
