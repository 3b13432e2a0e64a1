# Needs PowerShell 7.
# Reads raw from the folder it is run in.
$body = [byte[]](
    [Text.Encoding]::UTF8.GetBytes("--boundary-1f`r`nContent-Disposition: form-data; name=`"meta`"`r`nContent-Type: application/json`r`nX-Part: 1`r`n`r`n{`"a`":1}`r`n--boundary-1f`r`nContent-Disposition: form-data; name=`"f`"; filename=`"raw`"`r`n`r`n") +
    [IO.File]::ReadAllBytes((Resolve-Path 'raw')) +
    [Text.Encoding]::UTF8.GetBytes("`r`n--boundary-1f--`r`n")
)

$request = @{
    Method = 'Post'
    Uri = 'https://api.stripe.com/v1/things'
    ContentType = 'multipart/form-data; boundary=boundary-1f'
    Body = $body
}

Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status
$status
