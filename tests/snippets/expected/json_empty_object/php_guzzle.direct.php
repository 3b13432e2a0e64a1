<?php

// composer require guzzlehttp/guzzle
require 'vendor/autoload.php';

$client = new GuzzleHttp\Client();
$response = $client->request('POST', 'https://api.stripe.com/v1/things', [
    'headers' => ['Content-Type' => 'application/json'],
    'body' => json_encode(new stdClass()),
]);
echo $response->getStatusCode(), ' ', $response->getBody(), PHP_EOL;
