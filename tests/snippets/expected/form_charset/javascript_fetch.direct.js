const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'POST',
  headers: {
    'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8',
  },
  body: new URLSearchParams({ a: 'é' }),
});

console.log(response.status, await response.text());
