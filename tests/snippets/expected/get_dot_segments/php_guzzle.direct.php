<?php

// composer require guzzlehttp/guzzle
require 'vendor/autoload.php';

$client = new GuzzleHttp\Client();
$response = $client->request('GET', 'https://api.stripe.com/v1/%2E%2E/../things/.', [
    'curl' => [CURLOPT_PATH_AS_IS => true],
]);
echo $response->getStatusCode(), ' ', $response->getBody(), PHP_EOL;
