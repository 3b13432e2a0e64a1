<?php

// composer require guzzlehttp/guzzle
require 'vendor/autoload.php';

$client = new GuzzleHttp\Client();
$response = $client->request('GET', 'https://api.stripe.com/v1/things', [
    'headers' => ['X-Many' => ['a', 'b'], 'X-Other' => 'o'],
]);
echo $response->getStatusCode(), ' ', $response->getBody(), PHP_EOL;
