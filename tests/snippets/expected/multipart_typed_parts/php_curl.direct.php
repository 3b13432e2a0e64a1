<?php

// Reads raw from the folder it is run in.
$curl = curl_init('https://api.stripe.com/v1/things');
curl_setopt_array($curl, [
    CURLOPT_POST => true,
    CURLOPT_HTTPHEADER => [
        'Content-Type: multipart/form-data; boundary=boundary-1f',
    ],
    CURLOPT_POSTFIELDS => "--boundary-1f\r\nContent-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json\r\nX-Part: 1\r\n\r\n{\"a\":1}\r\n--boundary-1f\r\nContent-Disposition: form-data; name=\"f\"; filename=\"raw\"\r\n\r\n"
        . file_get_contents('raw')
        . "\r\n--boundary-1f--\r\n",
    CURLOPT_RETURNTRANSFER => true,
]);
$answer = curl_exec($curl);
if ($answer === false) {
    throw new RuntimeException(curl_error($curl));
}
echo curl_getinfo($curl, CURLINFO_RESPONSE_CODE), ' ', $answer, PHP_EOL;
