# Needs PowerShell 7.
$request = @{
    Method = 'Delete'
    Uri = 'https://api.stripe.com/v1/things?id=1&id=2&by=a-b_c.d'
}

Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status
$status
