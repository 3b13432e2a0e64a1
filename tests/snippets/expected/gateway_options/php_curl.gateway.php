<?php

// This is the wrapped form of a call, which gateways other than Playground's may not know.
$curl = curl_init('http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession');
curl_setopt_array($curl, [
    CURLOPT_POST => true,
    CURLOPT_HTTPHEADER => [
        'Content-Type: application/json',
    ],
    CURLOPT_POSTFIELDS => json_encode([
        'args' => ['q' => 'it\'s'],
        'credential' => [
            'type' => 'bearer_token',
            'token' => getenv('STRIPE_API_KEY'),
        ],
        'options' => [
            'server' => 'https://eu.example.com/v1',
            'media_type' => 'text/plain',
        ],
    ]),
    CURLOPT_RETURNTRANSFER => true,
]);
$answer = curl_exec($curl);
if ($answer === false) {
    throw new RuntimeException(curl_error($curl));
}
echo curl_getinfo($curl, CURLINFO_RESPONSE_CODE), ' ', $answer, PHP_EOL;
