const response = await fetch('http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession', {
  method: 'POST',
  headers: {
    'Content-Type': 'application/json',
    Authorization: `Bearer ${process.env.STRIPE_API_KEY}`,
  },
  body: JSON.stringify({ q: 1, page: 2 }),
});

console.log(response.status, await response.text());
