<?php

// composer require guzzlehttp/guzzle
require 'vendor/autoload.php';

$client = new GuzzleHttp\Client();
$response = $client->request('POST', 'https://api.stripe.com/v1/things', [
    'body' => 'no type',
]);
echo $response->getStatusCode(), ' ', $response->getBody(), PHP_EOL;
