const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'GET',
  headers: {
    Authorization: `Basic ${Buffer.from(`${process.env.STRIPE_USERNAME}:${process.env.STRIPE_PASSWORD}`).toString('base64')}`,
  },
});

const answer: string = await response.text();
console.log(response.status, answer);
