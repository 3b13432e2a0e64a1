# Needs PowerShell 7.
$body = [byte[]](
    [Text.Encoding]::UTF8.GetBytes("--boundary-1f`r`nContent-Disposition: form-data; name=`"title`"`r`n`r`nIt's `$HOME`r`n--boundary-1f`r`nContent-Disposition: form-data; name=`"at`"`r`n`r`n@/etc/passwd;type=x`r`n--boundary-1f`r`nContent-Disposition: form-data; name=`"empty`"`r`n`r`n`r`n--boundary-1f--`r`n")
)

$request = @{
    Method = 'Post'
    Uri = 'https://api.stripe.com/v1/things'
    ContentType = 'multipart/form-data; boundary=boundary-1f'
    Body = $body
}

Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status
$status
