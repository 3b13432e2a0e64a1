const STRIPE_PASSWD = prompt('STRIPE_PASSWD');
const MAPS_KEY = prompt('MAPS_KEY');

const response = await fetch(`https://api.stripe.com/v1/keys/${encodeURIComponent(STRIPE_PASSWD)}/uses;by=a?limit=3&passwd=${encodeURIComponent(MAPS_KEY)}&page=2`);

console.log(response.status, await response.text());
