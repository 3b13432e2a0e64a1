const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'POST',
  headers: {
    'Content-Type': 'text/plain; charset=utf-8',
  },
});

console.log(response.status, await response.text());
