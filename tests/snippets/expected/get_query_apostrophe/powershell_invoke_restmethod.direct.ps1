# Needs PowerShell 7.
$request = @{
    Method = 'Get'
    Uri = 'https://api.stripe.com/v1/things?name=O''Neil'
}

Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status
$status
