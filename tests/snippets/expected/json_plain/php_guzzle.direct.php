<?php

// composer require guzzlehttp/guzzle
require 'vendor/autoload.php';

$client = new GuzzleHttp\Client();
$response = $client->request('POST', 'https://api.stripe.com/v1/things', [
    'headers' => ['Content-Type' => 'application/json'],
    'body' => json_encode([
        'name' => 'Ada',
        'tags' => ['a', 'b'],
        'none' => null,
        'yes' => true,
    ]),
]);
echo $response->getStatusCode(), ' ', $response->getBody(), PHP_EOL;
