<?php

$curl = curl_init('https://api.stripe.com/v1/things');
curl_setopt_array($curl, [
    CURLOPT_HTTPHEADER => [
        'X-Empty;',
        'X-Semicolon: ;',
        'X-Quotes: \'"\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a',
        'x-Lower: @file',
        'X-Accents: é 漢',
        '1-Digit: 2',
        'X-Comma: a, b',
        'X-Back: \\',
    ],
    CURLOPT_RETURNTRANSFER => true,
]);
$answer = curl_exec($curl);
if ($answer === false) {
    throw new RuntimeException(curl_error($curl));
}
echo curl_getinfo($curl, CURLINFO_RESPONSE_CODE), ' ', $answer, PHP_EOL;
