<?php

// composer require guzzlehttp/guzzle
require 'vendor/autoload.php';

$client = new GuzzleHttp\Client();
$response = $client->request('POST', 'http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession', [
    'headers' => ['Content-Type' => 'application/json'],
    'body' => json_encode(new stdClass()),
]);
echo $response->getStatusCode(), ' ', $response->getBody(), PHP_EOL;
