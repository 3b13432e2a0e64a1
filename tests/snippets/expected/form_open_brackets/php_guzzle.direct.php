<?php

// composer require guzzlehttp/guzzle
require 'vendor/autoload.php';

$client = new GuzzleHttp\Client();
$response = $client->request('POST', 'https://api.stripe.com/v1/things', [
    'headers' => ['Content-Type' => 'application/x-www-form-urlencoded'],
    'body' => 'line_items[0][price_data][currency]=usd&line_items[0][quantity]=2&name=It%27s&&',
]);
echo $response->getStatusCode(), ' ', $response->getBody(), PHP_EOL;
