# Needs PowerShell 7.
$body = [Text.Encoding]::UTF8.GetBytes("{`n  `"__proto__`": {`n    `"a`": 1`n  },`n  `"'\`"\\ ``touch canary`` `$HOME `$(touch canary) `${process.exit(3)} #{x} {{}} %s %d \\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a`": `"'\`"\\ ``touch canary`` `$HOME `$(touch canary) `${process.exit(3)} #{x} {{}} %s %d \\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a`",`n  `"2`": `"index`",`n  `"10`": null,`n  `"1`": true,`n  `"line\r\nend`": `"`u{2028}`u{2029}\t\u001b[31m`u{7F}`",`n  `"bidi`": `"a`u{202E}b`u{200B}c`u{A0}d`u{FEFF}`",`n  `"emoji`": `"🎉 ❤`u{FE0F} é 漢字`",`n  `"delete`": [`n    [],`n    {},`n    `"`",`n    false`n  ],`n  `"constructor`": -1.5`n}")

$request = @{
    Method = 'Post'
    Uri = 'http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession'
    ContentType = 'application/json'
    Body = $body
}

Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status
$status
