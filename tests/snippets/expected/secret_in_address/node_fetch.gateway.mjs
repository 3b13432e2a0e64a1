const response = await fetch('http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession', {
  method: 'POST',
  headers: {
    'Content-Type': 'application/json',
  },
  body: JSON.stringify({ passwd: process.env.STRIPE_PASSWD, limit: 3 }),
});

console.log(response.status, await response.text());
