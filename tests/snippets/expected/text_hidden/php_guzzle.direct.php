<?php

// composer require guzzlehttp/guzzle
require 'vendor/autoload.php';

$client = new GuzzleHttp\Client();
$response = $client->request('POST', 'https://api.stripe.com/v1/things', [
    'headers' => ['Content-Type' => 'text/plain; charset=utf-8'],
    'body' => "a\u{202E}b\u{200B}c\u{A0}d\u{FEFF}\t\e[2J\r\n\x00\x7Fa\u{202E}b\u{200B}c\u{A0}d\u{FEFF}",
]);
echo $response->getStatusCode(), ' ', $response->getBody(), PHP_EOL;
