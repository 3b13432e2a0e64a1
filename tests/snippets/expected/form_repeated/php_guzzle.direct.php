<?php

// composer require guzzlehttp/guzzle
require 'vendor/autoload.php';

$client = new GuzzleHttp\Client();
$response = $client->request('POST', 'https://api.stripe.com/v1/things', [
    'headers' => ['Content-Type' => 'application/x-www-form-urlencoded'],
    'body' => 'tags=a+b&tags=c%26d&amp=x%26y%3Dz%2Bw&empty=&7=7',
]);
echo $response->getStatusCode(), ' ', $response->getBody(), PHP_EOL;
