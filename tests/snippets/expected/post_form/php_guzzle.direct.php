<?php

// composer require guzzlehttp/guzzle
require 'vendor/autoload.php';

$client = new GuzzleHttp\Client();
$response = $client->request('POST', 'https://api.stripe.com/v1/checkout/sessions/cs_test_a1B2c3', [
    'headers' => ['Authorization' => 'Bearer ' . getenv('STRIPE_API_KEY')],
    'form_params' => [
        'line_items[0][price_data][currency]' => 'usd',
        'line_items[0][price_data][unit_amount]' => '1500',
        'line_items[0][quantity]' => '2',
        'metadata[order]' => '6735',
    ],
]);
echo $response->getStatusCode(), ' ', $response->getBody(), PHP_EOL;
