const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'GET',
  headers: {
    'X-Client-Secret': process.env.STRIPE_API_KEY!,
    'X-Page': '2',
    Cookie: `theme=dark; token=${process.env.MAPS_KEY}; a=b`,
  },
});

const answer: string = await response.text();
console.log(response.status, answer);
