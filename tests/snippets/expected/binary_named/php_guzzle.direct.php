<?php

// composer require guzzlehttp/guzzle
// Reads my_photo.png from the folder it is run in.
require 'vendor/autoload.php';

$client = new GuzzleHttp\Client();
$response = $client->request('PUT', 'https://api.stripe.com/v1/things', [
    'headers' => ['Content-Type' => 'image/png'],
    'body' => file_get_contents('my_photo.png'),
]);
echo $response->getStatusCode(), ' ', $response->getBody(), PHP_EOL;
