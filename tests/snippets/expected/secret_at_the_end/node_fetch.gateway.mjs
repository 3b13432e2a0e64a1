const response = await fetch('http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession', {
  method: 'POST',
  headers: {
    'Content-Type': 'application/json',
  },
  body: JSON.stringify({
    limit: 3,
    key: process.env.MAPS_KEY,
    passwd: process.env.STRIPE_PASSWD,
  }),
});

console.log(response.status, await response.text());
