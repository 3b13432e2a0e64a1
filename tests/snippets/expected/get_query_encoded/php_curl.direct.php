<?php

$url = 'https://api.stripe.com/v1/search?' . http_build_query([
    'expand[]' => 'data.customer',
    'filter[status]' => 'é&=',
    'note' => '#\'',
]);
$curl = curl_init($url);
curl_setopt_array($curl, [
    CURLOPT_RETURNTRANSFER => true,
]);
$answer = curl_exec($curl);
if ($answer === false) {
    throw new RuntimeException(curl_error($curl));
}
echo curl_getinfo($curl, CURLINFO_RESPONSE_CODE), ' ', $answer, PHP_EOL;
