<?php

// Reads a.txt, a_2.txt from the folder it is run in.
$curl = curl_init('https://api.stripe.com/v1/things');
curl_setopt_array($curl, [
    CURLOPT_POST => true,
    CURLOPT_HTTPHEADER => [
        'Content-Type: multipart/form-data; boundary=boundary-1f',
    ],
    CURLOPT_POSTFIELDS => "--boundary-1f\r\nContent-Disposition: form-data; name=\"f\"; filename=\"-a.txt\"\r\nContent-Type: text/plain\r\n\r\n"
        . file_get_contents('a.txt')
        . "\r\n--boundary-1f\r\nContent-Disposition: form-data; name=\"f\"; filename=\"-a.txt\"\r\nContent-Type: text/plain\r\n\r\n"
        . file_get_contents('a_2.txt')
        . "\r\n--boundary-1f--\r\n",
    CURLOPT_RETURNTRANSFER => true,
]);
$answer = curl_exec($curl);
if ($answer === false) {
    throw new RuntimeException(curl_error($curl));
}
echo curl_getinfo($curl, CURLINFO_RESPONSE_CODE), ' ', $answer, PHP_EOL;
