const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'DELETE',
  headers: {
    'Content-Type': 'application/json',
  },
  body: JSON.stringify({ hard: true }),
});

const answer: string = await response.text();
console.log(response.status, answer);
