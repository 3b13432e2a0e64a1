<?php

// composer require guzzlehttp/guzzle
require 'vendor/autoload.php';

$client = new GuzzleHttp\Client();
$response = $client->request('POST', 'https://api.stripe.com/v1/things', [
    'headers' => ['Content-Type' => 'text/plain; charset=utf-8'],
    'body' => '=1+1',
]);
echo $response->getStatusCode(), ' ', $response->getBody(), PHP_EOL;
