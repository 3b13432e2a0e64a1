# Needs PowerShell 7.
# HttpClient joins repeated header fields into one.
$request = @{
    Method = 'Get'
    Uri = 'https://api.stripe.com/v1/things'
    Headers = @{
        'X-Many' = 'a, b'
        'X-Other' = 'o'
    }
}

Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status
$status
