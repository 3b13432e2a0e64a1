const STRIPE_API_KEY = prompt('STRIPE_API_KEY');

const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'PATCH',
  headers: {
    Authorization: `Bearer ${STRIPE_API_KEY}`,
    'Content-Type': 'application/json',
  },
  body: JSON.stringify({ name: 'Zoë' }),
});

console.log(response.status, await response.text());
