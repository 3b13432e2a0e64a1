<?php

// composer require guzzlehttp/guzzle
require 'vendor/autoload.php';

$client = new GuzzleHttp\Client();
$response = $client->request('POST', 'https://api.stripe.com/v1/things', [
    'headers' => ['Content-Type' => 'application/json'],
    'body' => '{"small":1e-7,"large":1e+21,"plain":100,"point":0.000001,"x":9007199254740991}',
]);
echo $response->getStatusCode(), ' ', $response->getBody(), PHP_EOL;
