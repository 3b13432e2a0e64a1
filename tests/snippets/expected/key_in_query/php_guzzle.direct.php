<?php

// composer require guzzlehttp/guzzle
require 'vendor/autoload.php';

$client = new GuzzleHttp\Client();
$response = $client->request('GET', 'https://api.stripe.com/v1/maps?at=%271%27&key=' . rawurlencode(getenv('MAPS_KEY')));
echo $response->getStatusCode(), ' ', $response->getBody(), PHP_EOL;
