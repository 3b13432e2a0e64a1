const MAPS_KEY = prompt('MAPS_KEY');
const STRIPE_API_KEY = prompt('STRIPE_API_KEY');

const response = await fetch(`https://api.stripe.com/v1/things?key=${encodeURIComponent(MAPS_KEY)}`, {
  method: 'GET',
  headers: {
    Authorization: `Bearer ${STRIPE_API_KEY}`,
    'X-Key': MAPS_KEY,
  },
});

console.log(response.status, await response.text());
