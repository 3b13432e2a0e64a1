# Needs PowerShell 7.
# Reads a.txt, a_2.txt from the folder it is run in.
$body = [byte[]](
    [Text.Encoding]::UTF8.GetBytes("--boundary-1f`r`nContent-Disposition: form-data; name=`"f`"; filename=`"-a.txt`"`r`nContent-Type: text/plain`r`n`r`n") +
    [IO.File]::ReadAllBytes((Resolve-Path 'a.txt')) +
    [Text.Encoding]::UTF8.GetBytes("`r`n--boundary-1f`r`nContent-Disposition: form-data; name=`"f`"; filename=`"-a.txt`"`r`nContent-Type: text/plain`r`n`r`n") +
    [IO.File]::ReadAllBytes((Resolve-Path 'a_2.txt')) +
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
