const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'POST',
  headers: {
    'Content-Type': 'application/json',
  },
  body: JSON.stringify({}),
});

const answer: string = await response.text();
console.log(response.status, answer);
