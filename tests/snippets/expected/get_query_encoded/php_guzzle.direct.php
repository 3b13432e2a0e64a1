<?php

// composer require guzzlehttp/guzzle
require 'vendor/autoload.php';

$client = new GuzzleHttp\Client();
$response = $client->request('GET', 'https://api.stripe.com/v1/search', [
    'query' => [
        'expand[]' => 'data.customer',
        'filter[status]' => 'é&=',
        'note' => '#\'',
    ],
]);
echo $response->getStatusCode(), ' ', $response->getBody(), PHP_EOL;
