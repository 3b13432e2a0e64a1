const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'POST',
  headers: {
    'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8',
  },
  body: new URLSearchParams({ a: 'é' }),
});

const answer: string = await response.text();
console.log(response.status, answer);
