<?php

// composer require guzzlehttp/guzzle
require 'vendor/autoload.php';

$client = new GuzzleHttp\Client();
$response = $client->request('GET', 'https://api.stripe.com/v1/things', [
    'auth' => [getenv('STRIPE_USERNAME'), getenv('STRIPE_PASSWORD')],
]);
echo $response->getStatusCode(), ' ', $response->getBody(), PHP_EOL;
