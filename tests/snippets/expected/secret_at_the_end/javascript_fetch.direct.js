const MAPS_KEY = prompt('MAPS_KEY');
const STRIPE_PASSWD = prompt('STRIPE_PASSWD');

const response = await fetch(`https://api.stripe.com/v1/keys?limit=3&key=${encodeURIComponent(MAPS_KEY)}&passwd=${encodeURIComponent(STRIPE_PASSWD)}`, {
  method: 'DELETE',
});

console.log(response.status, await response.text());
