// This is the wrapped form of a call, which gateways other than Playground's may not know.
const STRIPE_API_KEY = prompt('STRIPE_API_KEY');

const response = await fetch('http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession', {
  method: 'POST',
  headers: {
    'Content-Type': 'application/json',
  },
  body: JSON.stringify({
    args: { q: 'it\'s' },
    credential: { type: 'bearer_token', token: STRIPE_API_KEY },
    options: {
      server: 'https://eu.example.com/v1',
      media_type: 'text/plain',
    },
  }),
});

console.log(response.status, await response.text());
