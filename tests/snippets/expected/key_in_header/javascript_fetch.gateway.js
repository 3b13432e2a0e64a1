const MAPS_KEY = prompt('MAPS_KEY');

const response = await fetch('http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession', {
  method: 'POST',
  headers: {
    'Content-Type': 'application/json',
    'X-Api-Key': MAPS_KEY,
  },
  body: JSON.stringify({ q: 'x' }),
});

console.log(response.status, await response.text());
