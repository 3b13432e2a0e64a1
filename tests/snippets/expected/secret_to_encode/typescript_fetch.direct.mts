const response = await fetch(`https://api.stripe.com/v1/pins/${encodeURIComponent(process.env.STRIPE_PIN!)}?pin=${encodeURIComponent(process.env.STRIPE_QUERY_PIN!)}&page=2`, {
  method: 'POST',
  headers: {
    Authorization: `Bearer ${process.env.STRIPE_API_KEY}`,
    'Content-Type': 'application/json',
  },
  body: JSON.stringify({ q: 1 }),
});

const answer: string = await response.text();
console.log(response.status, answer);
