const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'GET',
  headers: {
    'X-Key': process.env.MAPS_KEY!,
  },
});

const answer: string = await response.text();
console.log(response.status, answer);
