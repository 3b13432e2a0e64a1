<?php

// composer require guzzlehttp/guzzle
require 'vendor/autoload.php';

$client = new GuzzleHttp\Client();
$response = $client->request('POST', 'http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession', [
    'headers' => ['Content-Type' => 'application/json'],
    'body' => json_encode([
        'body' => [
            'filename' => 'my photo.png',
            'content_type' => 'application/octet-stream',
            'content' => 'iVBORw0KGgoAASciJCh4Kf8=',
        ],
    ]),
]);
echo $response->getStatusCode(), ' ', $response->getBody(), PHP_EOL;
