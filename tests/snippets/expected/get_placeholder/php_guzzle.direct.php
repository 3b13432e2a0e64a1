<?php

// composer require guzzlehttp/guzzle
// Fill in: session
require 'vendor/autoload.php';

$client = new GuzzleHttp\Client();
$response = $client->request('GET', 'https://api.stripe.com/v1/sessions/{session}');
echo $response->getStatusCode(), ' ', $response->getBody(), PHP_EOL;
