<?php

$curl = curl_init('https://api.stripe.com/v1/keys/' . rawurlencode(getenv('STRIPE_PASSWD')) . '/uses;by=a?limit=3&passwd=' . rawurlencode(getenv('MAPS_KEY')) . '&page=2');
curl_setopt_array($curl, [
    CURLOPT_RETURNTRANSFER => true,
]);
$answer = curl_exec($curl);
if ($answer === false) {
    throw new RuntimeException(curl_error($curl));
}
echo curl_getinfo($curl, CURLINFO_RESPONSE_CODE), ' ', $answer, PHP_EOL;
