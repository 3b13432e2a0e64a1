<?php

// composer require guzzlehttp/guzzle
// This is the wrapped form of a call, which gateways other than Playground's may not know.
require 'vendor/autoload.php';

$client = new GuzzleHttp\Client();
$response = $client->request('POST', 'http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession', [
    'headers' => ['Content-Type' => 'application/json'],
    'body' => json_encode([
        'args' => ['q' => 'it\'s'],
        'credential' => [
            'type' => 'bearer_token',
            'token' => getenv('STRIPE_API_KEY'),
        ],
        'options' => [
            'server' => 'https://eu.example.com/v1',
            'media_type' => 'text/plain',
        ],
    ]),
]);
echo $response->getStatusCode(), ' ', $response->getBody(), PHP_EOL;
