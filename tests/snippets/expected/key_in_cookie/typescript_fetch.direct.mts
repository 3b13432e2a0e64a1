const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'GET',
  headers: {
    Cookie: `theme=dark; sid=${process.env.MAPS_KEY}`,
  },
});

const answer: string = await response.text();
console.log(response.status, answer);
