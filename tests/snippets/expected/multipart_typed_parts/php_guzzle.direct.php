<?php

// composer require guzzlehttp/guzzle
// Reads raw from the folder it is run in.
require 'vendor/autoload.php';

$client = new GuzzleHttp\Client();
$response = $client->request('POST', 'https://api.stripe.com/v1/things', [
    'headers' => [
        'Content-Type' => 'multipart/form-data; boundary=boundary-1f',
    ],
    'body' => "--boundary-1f\r\nContent-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json\r\nX-Part: 1\r\n\r\n{\"a\":1}\r\n--boundary-1f\r\nContent-Disposition: form-data; name=\"f\"; filename=\"raw\"\r\n\r\n"
        . file_get_contents('raw')
        . "\r\n--boundary-1f--\r\n",
]);
echo $response->getStatusCode(), ' ', $response->getBody(), PHP_EOL;
