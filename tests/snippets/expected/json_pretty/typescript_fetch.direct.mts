const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'POST',
  headers: {
    'Content-Type': 'application/json',
  },
  body: JSON.stringify({ a: 1, b: [true] }, null, 2),
});

const answer: string = await response.text();
console.log(response.status, answer);
