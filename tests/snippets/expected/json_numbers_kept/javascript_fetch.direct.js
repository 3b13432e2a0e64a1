const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'POST',
  headers: {
    'Content-Type': 'application/json',
  },
  body: JSON.stringify({
    small: 1e-7,
    large: 1e+21,
    plain: 100,
    point: 0.000001,
    x: 9007199254740991,
  }),
});

console.log(response.status, await response.text());
