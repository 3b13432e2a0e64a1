# Needs PowerShell 7.
# Reads photo.png from the folder it is run in.
$body = [byte[]](
    [Text.Encoding]::UTF8.GetBytes("--boundary-1f`r`nContent-Disposition: form-data; name=`"title`"`r`n`r`nZoë`r`n--boundary-1f`r`nContent-Disposition: form-data; name=`"photo`"; filename=`"photo.png`"`r`nContent-Type: image/png`r`n`r`n") +
    [IO.File]::ReadAllBytes((Resolve-Path 'photo.png')) +
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
