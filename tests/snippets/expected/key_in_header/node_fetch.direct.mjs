const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'GET',
  headers: {
    'X-Key': process.env.MAPS_KEY,
  },
});

console.log(response.status, await response.text());
