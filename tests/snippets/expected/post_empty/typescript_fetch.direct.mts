const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'POST',
  headers: {
    'Content-Type': 'text/plain; charset=utf-8',
  },
});

const answer: string = await response.text();
console.log(response.status, answer);
