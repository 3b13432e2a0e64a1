const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'POST',
  body: new TextEncoder().encode('no type'),
});

console.log(response.status, await response.text());
