const STRIPE_API_KEY = prompt('STRIPE_API_KEY');

const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'GET',
  headers: {
    Authorization: `Bearer ${STRIPE_API_KEY}`,
  },
});

console.log(response.status, await response.text());
