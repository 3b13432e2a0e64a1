<?php

// composer require guzzlehttp/guzzle
require 'vendor/autoload.php';

$client = new GuzzleHttp\Client();
$response = $client->request('GET', 'https://api.stripe.com/v1/customers', [
    'query' => ['limit' => '3', 'starting_after' => 'cus_1'],
    'headers' => ['Authorization' => 'Bearer ' . getenv('STRIPE_API_KEY')],
]);
echo $response->getStatusCode(), ' ', $response->getBody(), PHP_EOL;
