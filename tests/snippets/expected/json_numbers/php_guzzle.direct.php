<?php

// composer require guzzlehttp/guzzle
require 'vendor/autoload.php';

$client = new GuzzleHttp\Client();
$response = $client->request('POST', 'https://api.stripe.com/v1/things', [
    'headers' => ['Content-Type' => 'application/json'],
    'body' => '{"a":1.0,"b":1E5,"c":12345678901234567890,"d":-0,"e":1e400,"f":0.1}',
]);
echo $response->getStatusCode(), ' ', $response->getBody(), PHP_EOL;
