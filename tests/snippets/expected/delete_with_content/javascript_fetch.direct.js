const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'DELETE',
  headers: {
    'Content-Type': 'application/json',
  },
  body: JSON.stringify({ hard: true }),
});

console.log(response.status, await response.text());
