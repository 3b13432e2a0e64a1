<?php

$curl = curl_init('http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession');
curl_setopt_array($curl, [
    CURLOPT_POST => true,
    CURLOPT_HTTPHEADER => [
        'Content-Type: application/json',
        'Authorization: Bearer ' . getenv('STRIPE_API_KEY'),
    ],
    CURLOPT_POSTFIELDS => json_encode([
        'session' => 'cs_test_a1B2c3',
        'line_items' => [
            [
                'quantity' => 2,
                'price_data' => [
                    'currency' => 'usd',
                    'unit_amount' => 1500,
                    'product' => 'prod_123',
                ],
            ],
        ],
        'metadata' => ['order' => '6735'],
    ]),
    CURLOPT_RETURNTRANSFER => true,
]);
$answer = curl_exec($curl);
if ($answer === false) {
    throw new RuntimeException(curl_error($curl));
}
echo curl_getinfo($curl, CURLINFO_RESPONSE_CODE), ' ', $answer, PHP_EOL;
