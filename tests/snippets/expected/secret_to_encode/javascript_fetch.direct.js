const STRIPE_PIN = prompt('STRIPE_PIN');
const STRIPE_QUERY_PIN = prompt('STRIPE_QUERY_PIN');
const STRIPE_API_KEY = prompt('STRIPE_API_KEY');

const response = await fetch(`https://api.stripe.com/v1/pins/${encodeURIComponent(STRIPE_PIN)}?pin=${encodeURIComponent(STRIPE_QUERY_PIN)}&page=2`, {
  method: 'POST',
  headers: {
    Authorization: `Bearer ${STRIPE_API_KEY}`,
    'Content-Type': 'application/json',
  },
  body: JSON.stringify({ q: 1 }),
});

console.log(response.status, await response.text());
