<?php

// composer require guzzlehttp/guzzle
require 'vendor/autoload.php';

$client = new GuzzleHttp\Client();
$response = $client->request('POST', 'https://api.stripe.com/v1/things', [
    'headers' => [
        'Content-Type' => 'application/x-www-form-urlencoded; charset=utf-8',
    ],
    'body' => http_build_query([
        'a' => 'é',
    ]),
]);
echo $response->getStatusCode(), ' ', $response->getBody(), PHP_EOL;
