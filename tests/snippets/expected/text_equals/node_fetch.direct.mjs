const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'POST',
  headers: {
    'Content-Type': 'text/plain; charset=utf-8',
  },
  body: '=1+1',
});

console.log(response.status, await response.text());
