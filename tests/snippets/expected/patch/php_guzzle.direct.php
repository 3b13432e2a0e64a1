<?php

// composer require guzzlehttp/guzzle
require 'vendor/autoload.php';

$client = new GuzzleHttp\Client();
$response = $client->request('PATCH', 'https://api.stripe.com/v1/things', [
    'headers' => [
        'Authorization' => 'Bearer ' . getenv('STRIPE_API_KEY'),
        'Content-Type' => 'application/json',
    ],
    'body' => json_encode(['name' => 'Zoë'], JSON_UNESCAPED_UNICODE),
]);
echo $response->getStatusCode(), ' ', $response->getBody(), PHP_EOL;
