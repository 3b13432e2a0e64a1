<?php

// composer require guzzlehttp/guzzle
require 'vendor/autoload.php';

$client = new GuzzleHttp\Client();
$response = $client->request('DELETE', 'https://api.stripe.com/v1/things', [
    'headers' => ['Content-Type' => 'application/json'],
    'body' => json_encode(['hard' => true]),
]);
echo $response->getStatusCode(), ' ', $response->getBody(), PHP_EOL;
