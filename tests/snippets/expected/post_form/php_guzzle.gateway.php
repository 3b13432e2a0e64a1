<?php

// composer require guzzlehttp/guzzle
require 'vendor/autoload.php';

$client = new GuzzleHttp\Client();
$response = $client->request('POST', 'http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession', [
    'headers' => [
        'Content-Type' => 'application/json',
        'Authorization' => 'Bearer ' . getenv('STRIPE_API_KEY'),
    ],
    'body' => json_encode([
        'session' => 'cs_test_a1B2c3',
        'line_items' => [
            [
                'quantity' => 2,
                'price_data' => [
                    'currency' => 'usd',
                    'unit_amount' => 1500,
                    'product' => 'prod_123',
                ],
            ],
        ],
        'metadata' => ['order' => '6735'],
    ]),
]);
echo $response->getStatusCode(), ' ', $response->getBody(), PHP_EOL;
