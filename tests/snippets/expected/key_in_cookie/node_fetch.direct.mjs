const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'GET',
  headers: {
    Cookie: `theme=dark; sid=${process.env.MAPS_KEY}`,
  },
});

console.log(response.status, await response.text());
