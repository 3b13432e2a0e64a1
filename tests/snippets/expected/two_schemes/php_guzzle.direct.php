<?php

// composer require guzzlehttp/guzzle
require 'vendor/autoload.php';

$client = new GuzzleHttp\Client();
$response = $client->request('GET', 'https://api.stripe.com/v1/things?key=' . rawurlencode(getenv('MAPS_KEY')), [
    'headers' => [
        'Authorization' => 'Bearer ' . getenv('STRIPE_API_KEY'),
        'X-Key' => getenv('MAPS_KEY'),
    ],
]);
echo $response->getStatusCode(), ' ', $response->getBody(), PHP_EOL;
