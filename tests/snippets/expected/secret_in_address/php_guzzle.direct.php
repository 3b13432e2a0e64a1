<?php

// composer require guzzlehttp/guzzle
require 'vendor/autoload.php';

$client = new GuzzleHttp\Client();
$response = $client->request('GET', 'https://api.stripe.com/v1/keys/' . rawurlencode(getenv('STRIPE_PASSWD')) . '/uses;by=a?limit=3&passwd=' . rawurlencode(getenv('MAPS_KEY')) . '&page=2');
echo $response->getStatusCode(), ' ', $response->getBody(), PHP_EOL;
