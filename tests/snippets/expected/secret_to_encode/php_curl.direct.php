<?php

$curl = curl_init('https://api.stripe.com/v1/pins/' . rawurlencode(getenv('STRIPE_PIN')) . '?pin=' . rawurlencode(getenv('STRIPE_QUERY_PIN')) . '&page=2');
curl_setopt_array($curl, [
    CURLOPT_POST => true,
    CURLOPT_HTTPHEADER => [
        'Authorization: Bearer ' . getenv('STRIPE_API_KEY'),
        'Content-Type: application/json',
    ],
    CURLOPT_POSTFIELDS => json_encode(['q' => 1]),
    CURLOPT_RETURNTRANSFER => true,
]);
$answer = curl_exec($curl);
if ($answer === false) {
    throw new RuntimeException(curl_error($curl));
}
echo curl_getinfo($curl, CURLINFO_RESPONSE_CODE), ' ', $answer, PHP_EOL;
