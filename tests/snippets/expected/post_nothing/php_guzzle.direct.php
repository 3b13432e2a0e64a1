<?php

// composer require guzzlehttp/guzzle
require 'vendor/autoload.php';

$client = new GuzzleHttp\Client();
$response = $client->request('POST', 'https://api.stripe.com/v1/things', [
    'headers' => ['Authorization' => 'Bearer ' . getenv('STRIPE_API_KEY')],
]);
echo $response->getStatusCode(), ' ', $response->getBody(), PHP_EOL;
