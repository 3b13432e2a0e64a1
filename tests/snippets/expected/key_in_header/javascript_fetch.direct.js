const MAPS_KEY = prompt('MAPS_KEY');

const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'GET',
  headers: {
    'X-Key': MAPS_KEY,
  },
});

console.log(response.status, await response.text());
