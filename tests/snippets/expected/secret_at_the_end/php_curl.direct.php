<?php

$curl = curl_init('https://api.stripe.com/v1/keys?limit=3&key=' . rawurlencode(getenv('MAPS_KEY')) . '&passwd=' . rawurlencode(getenv('STRIPE_PASSWD')));
curl_setopt_array($curl, [
    CURLOPT_CUSTOMREQUEST => 'DELETE',
    CURLOPT_RETURNTRANSFER => true,
]);
$answer = curl_exec($curl);
if ($answer === false) {
    throw new RuntimeException(curl_error($curl));
}
echo curl_getinfo($curl, CURLINFO_RESPONSE_CODE), ' ', $answer, PHP_EOL;
