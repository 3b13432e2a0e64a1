<?php

// composer require guzzlehttp/guzzle
// Reads photo.png from the folder it is run in.
require 'vendor/autoload.php';

$client = new GuzzleHttp\Client();
$response = $client->request('POST', 'https://api.stripe.com/v1/things', [
    'headers' => [
        'Content-Type' => 'multipart/form-data; boundary=boundary-1f',
    ],
    'body' => "--boundary-1f\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nZoë\r\n--boundary-1f\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"photo.png\"\r\nContent-Type: image/png\r\n\r\n"
        . file_get_contents('photo.png')
        . "\r\n--boundary-1f--\r\n",
]);
echo $response->getStatusCode(), ' ', $response->getBody(), PHP_EOL;
