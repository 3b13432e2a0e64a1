const STRIPE_USERNAME = prompt('STRIPE_USERNAME');
const STRIPE_PASSWORD = prompt('STRIPE_PASSWORD');

const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'GET',
  headers: {
    Authorization: `Basic ${btoa(String.fromCharCode(...new TextEncoder().encode(`${STRIPE_USERNAME}:${STRIPE_PASSWORD}`)))}`,
  },
});

console.log(response.status, await response.text());
