const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'QUERY',
  headers: {
    'Content-Type': 'application/json',
  },
  body: JSON.stringify({ q: 1 }),
});

const answer: string = await response.text();
console.log(response.status, answer);
