# Needs PowerShell 7.
$body = @(
    'line_items[0][price_data][currency]=usd'
    'line_items[0][quantity]=2'
    'name=It%27s'
    ''
    ''
) -join '&'

$request = @{
    Method = 'Post'
    Uri = 'https://api.stripe.com/v1/things'
    ContentType = 'application/x-www-form-urlencoded'
    Body = $body
}

Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status
$status
