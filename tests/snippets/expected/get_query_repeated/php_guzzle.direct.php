<?php

// composer require guzzlehttp/guzzle
require 'vendor/autoload.php';

$client = new GuzzleHttp\Client();
$response = $client->request('DELETE', 'https://api.stripe.com/v1/things?id=1&id=2&by=a-b_c.d');
echo $response->getStatusCode(), ' ', $response->getBody(), PHP_EOL;
