const response = await fetch(`https://api.stripe.com/v1/things?key=${encodeURIComponent(process.env.MAPS_KEY!)}`, {
  method: 'GET',
  headers: {
    Authorization: `Bearer ${process.env.STRIPE_API_KEY}`,
    'X-Key': process.env.MAPS_KEY!,
  },
});

const answer: string = await response.text();
console.log(response.status, answer);
