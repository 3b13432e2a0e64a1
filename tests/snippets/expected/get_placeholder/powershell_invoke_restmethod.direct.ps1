# Fill in: session
# Needs PowerShell 7.
$request = @{
    Method = 'Get'
    Uri = 'https://api.stripe.com/v1/sessions/{session}'
}

Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status
$status
