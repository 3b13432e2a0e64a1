const STRIPE_USERNAME = prompt('STRIPE_USERNAME');
const STRIPE_PASSWORD = prompt('STRIPE_PASSWORD');

const response = await fetch('http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession', {
  method: 'POST',
  headers: {
    Authorization: `Basic ${btoa(String.fromCharCode(...new TextEncoder().encode(`${STRIPE_USERNAME}:${STRIPE_PASSWORD}`)))}`,
    'Content-Type': 'application/json',
  },
  body: JSON.stringify({}),
});

console.log(response.status, await response.text());
