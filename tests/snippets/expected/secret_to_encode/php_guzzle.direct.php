<?php

// composer require guzzlehttp/guzzle
require 'vendor/autoload.php';

$client = new GuzzleHttp\Client();
$response = $client->request('POST', 'https://api.stripe.com/v1/pins/' . rawurlencode(getenv('STRIPE_PIN')) . '?pin=' . rawurlencode(getenv('STRIPE_QUERY_PIN')) . '&page=2', [
    'headers' => [
        'Authorization' => 'Bearer ' . getenv('STRIPE_API_KEY'),
        'Content-Type' => 'application/json',
    ],
    'body' => json_encode(['q' => 1]),
]);
echo $response->getStatusCode(), ' ', $response->getBody(), PHP_EOL;
