# Needs PowerShell 7.
# Invoke-RestMethod sends header fields in ASCII; X-Accents is left out here.
$request = @{
    Method = 'Get'
    Uri = 'https://api.stripe.com/v1/things'
    Headers = @{
        'X-Empty' = ''
        'X-Semicolon' = ';'
        'X-Quotes' = '''"\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a'
        'x-Lower' = '@file'
        '1-Digit' = '2'
        'X-Comma' = 'a, b'
        'X-Back' = '\'
    }
}

Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status
$status
