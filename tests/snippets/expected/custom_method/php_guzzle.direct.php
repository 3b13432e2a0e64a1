<?php

// composer require guzzlehttp/guzzle
require 'vendor/autoload.php';

$client = new GuzzleHttp\Client();
$response = $client->request('QUERY', 'https://api.stripe.com/v1/things', [
    'headers' => ['Content-Type' => 'application/json'],
    'body' => json_encode(['q' => 1]),
]);
echo $response->getStatusCode(), ' ', $response->getBody(), PHP_EOL;
