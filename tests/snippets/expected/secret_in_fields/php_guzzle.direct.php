<?php

// composer require guzzlehttp/guzzle
require 'vendor/autoload.php';

$client = new GuzzleHttp\Client();
$response = $client->request('GET', 'https://api.stripe.com/v1/things', [
    'headers' => [
        'X-Client-Secret' => getenv('STRIPE_API_KEY'),
        'X-Page' => '2',
        'Cookie' => 'theme=dark; token=' . getenv('MAPS_KEY') . '; a=b',
    ],
]);
echo $response->getStatusCode(), ' ', $response->getBody(), PHP_EOL;
