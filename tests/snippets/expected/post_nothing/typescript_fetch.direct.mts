const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'POST',
  headers: {
    Authorization: `Bearer ${process.env.STRIPE_API_KEY}`,
  },
});

const answer: string = await response.text();
console.log(response.status, answer);
