<?php

// composer require guzzlehttp/guzzle
// Guzzle rewrites parts of this address: characters it wants percent-encoded.
require 'vendor/autoload.php';

$client = new GuzzleHttp\Client();
$response = $client->request('GET', 'https://api.stripe.com/v1/things?filter[a]=1,2&set={x}|y&path=a/b?c:@!$()*;');
echo $response->getStatusCode(), ' ', $response->getBody(), PHP_EOL;
