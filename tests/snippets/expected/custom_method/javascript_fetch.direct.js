const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'QUERY',
  headers: {
    'Content-Type': 'application/json',
  },
  body: JSON.stringify({ q: 1 }),
});

console.log(response.status, await response.text());
