const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'PATCH',
  headers: {
    Authorization: `Bearer ${process.env.STRIPE_API_KEY}`,
    'Content-Type': 'application/json',
  },
  body: JSON.stringify({ name: 'Zoë' }),
});

const answer: string = await response.text();
console.log(response.status, answer);
