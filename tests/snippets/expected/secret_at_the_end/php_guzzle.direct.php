<?php

// composer require guzzlehttp/guzzle
require 'vendor/autoload.php';

$client = new GuzzleHttp\Client();
$response = $client->request('DELETE', 'https://api.stripe.com/v1/keys?limit=3&key=' . rawurlencode(getenv('MAPS_KEY')) . '&passwd=' . rawurlencode(getenv('STRIPE_PASSWD')));
echo $response->getStatusCode(), ' ', $response->getBody(), PHP_EOL;
