# Needs PowerShell 7.
# Reads my_photo.png from the folder it is run in.

$request = @{
    Method = 'Put'
    Uri = 'https://api.stripe.com/v1/things'
    ContentType = 'image/png'
    InFile = 'my_photo.png'
}

Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status
$status
