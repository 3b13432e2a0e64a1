const MAPS_KEY = prompt('MAPS_KEY');

const response = await fetch(`https://api.stripe.com/v1/maps?at=%271%27&key=${encodeURIComponent(MAPS_KEY)}`);

console.log(response.status, await response.text());
