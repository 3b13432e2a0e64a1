<?php

$curl = curl_init('https://api.stripe.com/v1/things');
curl_setopt_array($curl, [
    CURLOPT_POST => true,
    CURLOPT_HTTPHEADER => [
        'Content-Type: text/plain; charset=utf-8',
    ],
    CURLOPT_POSTFIELDS => "a\u{202E}b\u{200B}c\u{A0}d\u{FEFF}\t\e[2J\r\n\x00\x7Fa\u{202E}b\u{200B}c\u{A0}d\u{FEFF}",
    CURLOPT_RETURNTRANSFER => true,
]);
$answer = curl_exec($curl);
if ($answer === false) {
    throw new RuntimeException(curl_error($curl));
}
echo curl_getinfo($curl, CURLINFO_RESPONSE_CODE), ' ', $answer, PHP_EOL;
