# Needs PowerShell 7.
$body = @'
{
  "session": "cs_test_a1B2c3",
  "line_items": [
    {
      "quantity": 2,
      "price_data": {
        "currency": "usd",
        "unit_amount": 1500,
        "product": "prod_123"
      }
    }
  ],
  "metadata": {
    "order": "6735"
  }
}
'@

$request = @{
    Method = 'Post'
    Uri = 'http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession'
    Headers = @{
        Authorization = "Bearer ${env:STRIPE_API_KEY}"
    }
    ContentType = 'application/json'
    Body = $body
}

Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status
$status
