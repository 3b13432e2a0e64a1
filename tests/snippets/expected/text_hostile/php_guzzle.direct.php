<?php

// composer require guzzlehttp/guzzle
require 'vendor/autoload.php';

$client = new GuzzleHttp\Client();
$response = $client->request('POST', 'https://api.stripe.com/v1/things', [
    'headers' => ['Content-Type' => 'text/plain; charset=utf-8'],
    'body' => '\'"\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a',
]);
echo $response->getStatusCode(), ' ', $response->getBody(), PHP_EOL;
