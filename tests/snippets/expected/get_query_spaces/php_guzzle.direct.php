<?php

// composer require guzzlehttp/guzzle
require 'vendor/autoload.php';

$client = new GuzzleHttp\Client();
$response = $client->request('GET', 'https://api.stripe.com/v1/things', [
    'query' => ['q' => 'a b', 'page' => '1'],
]);
echo $response->getStatusCode(), ' ', $response->getBody(), PHP_EOL;
