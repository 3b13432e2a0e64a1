const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'POST',
  headers: {
    'Content-Type': 'application/json',
  },
  body: JSON.stringify({}),
});

console.log(response.status, await response.text());
