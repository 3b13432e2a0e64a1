<?php

// composer require guzzlehttp/guzzle
// Reads a.txt, a_2.txt from the folder it is run in.
require 'vendor/autoload.php';

$client = new GuzzleHttp\Client();
$response = $client->request('POST', 'https://api.stripe.com/v1/things', [
    'headers' => [
        'Content-Type' => 'multipart/form-data; boundary=boundary-1f',
    ],
    'body' => "--boundary-1f\r\nContent-Disposition: form-data; name=\"f\"; filename=\"-a.txt\"\r\nContent-Type: text/plain\r\n\r\n"
        . file_get_contents('a.txt')
        . "\r\n--boundary-1f\r\nContent-Disposition: form-data; name=\"f\"; filename=\"-a.txt\"\r\nContent-Type: text/plain\r\n\r\n"
        . file_get_contents('a_2.txt')
        . "\r\n--boundary-1f--\r\n",
]);
echo $response->getStatusCode(), ' ', $response->getBody(), PHP_EOL;
