<?php

$curl = curl_init('https://api.stripe.com/v1/checkout/sessions/cs_test_a1B2c3');
curl_setopt_array($curl, [
    CURLOPT_POST => true,
    CURLOPT_HTTPHEADER => [
        'Authorization: Bearer ' . getenv('STRIPE_API_KEY'),
        'Content-Type: application/x-www-form-urlencoded',
    ],
    CURLOPT_POSTFIELDS => http_build_query([
        'line_items[0][price_data][currency]' => 'usd',
        'line_items[0][price_data][unit_amount]' => '1500',
        'line_items[0][quantity]' => '2',
        'metadata[order]' => '6735',
    ]),
    CURLOPT_RETURNTRANSFER => true,
]);
$answer = curl_exec($curl);
if ($answer === false) {
    throw new RuntimeException(curl_error($curl));
}
echo curl_getinfo($curl, CURLINFO_RESPONSE_CODE), ' ', $answer, PHP_EOL;
