# Needs PowerShell 7.
$body = [byte[]](
    [Convert]::FromBase64String('LS1ib3VuZGFyeS0xZg0KQ29udGVudC1EaXNwb3NpdGlvbjogZm9ybS1kYXRhOyBuYW1lPSJhPWIiDQoNCjENCi0tYm91bmRhcnktMWYNCkNvbnRlbnQtRGlzcG9zaXRpb246IGZvcm0tZGF0YTsgbmFtZT0icSUyMnVvdGUiDQoNCjINCi0tYm91bmRhcnktMWYNCkNvbnRlbnQtRGlzcG9zaXRpb246IGZvcm0tZGF0YTsgbmFtZT0ibGluZSUwRCUwQWVuZCINCg0KMw0KNA0KLS1ib3VuZGFyeS0xZg0KQ29udGVudC1EaXNwb3NpdGlvbjogZm9ybS1kYXRhOyBuYW1lPSLDqSINCg0KAP8NCi0tYm91bmRhcnktMWYtLQ0K')
)

$request = @{
    Method = 'Post'
    Uri = 'https://api.stripe.com/v1/things'
    ContentType = 'multipart/form-data; boundary=boundary-1f'
    Body = $body
}

Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status
$status
