const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'OPTIONS',
});

console.log(response.status, await response.text());
