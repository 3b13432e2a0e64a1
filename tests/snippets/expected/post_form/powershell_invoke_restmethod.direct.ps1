# Needs PowerShell 7.
$body = @(
    'line_items%5B0%5D%5Bprice_data%5D%5Bcurrency%5D=usd'
    'line_items%5B0%5D%5Bprice_data%5D%5Bunit_amount%5D=1500'
    'line_items%5B0%5D%5Bquantity%5D=2'
    'metadata%5Border%5D=6735'
) -join '&'

$request = @{
    Method = 'Post'
    Uri = 'https://api.stripe.com/v1/checkout/sessions/cs_test_a1B2c3'
    Headers = @{
        Authorization = "Bearer ${env:STRIPE_API_KEY}"
    }
    ContentType = 'application/x-www-form-urlencoded'
    Body = $body
}

Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status
$status
