<?php

// composer require guzzlehttp/guzzle
require 'vendor/autoload.php';

$client = new GuzzleHttp\Client();
$response = $client->request('GET', 'https://api.stripe.com/v1/things', [
    'headers' => [
        'Cookie' => 'theme=dark; it=it\'s; list=%5B%22a%22%5D; $x=`y`',
    ],
]);
echo $response->getStatusCode(), ' ', $response->getBody(), PHP_EOL;
