# Needs PowerShell 7.
$request = @{
    Method = 'Options'
    Uri = 'https://api.stripe.com/v1/things'
}

Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status
$status
