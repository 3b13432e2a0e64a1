# Needs PowerShell 7.
$body = '''"\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a'

$request = @{
    Method = 'Post'
    Uri = 'https://api.stripe.com/v1/things'
    ContentType = 'text/plain; charset=utf-8'
    Body = $body
}

Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status
$status
