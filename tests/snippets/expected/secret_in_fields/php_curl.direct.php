<?php

$curl = curl_init('https://api.stripe.com/v1/things');
curl_setopt_array($curl, [
    CURLOPT_HTTPHEADER => [
        'X-Client-Secret: ' . getenv('STRIPE_API_KEY'),
        'X-Page: 2',
        'Cookie: theme=dark; token=' . getenv('MAPS_KEY') . '; a=b',
    ],
    CURLOPT_RETURNTRANSFER => true,
]);
$answer = curl_exec($curl);
if ($answer === false) {
    throw new RuntimeException(curl_error($curl));
}
echo curl_getinfo($curl, CURLINFO_RESPONSE_CODE), ' ', $answer, PHP_EOL;
