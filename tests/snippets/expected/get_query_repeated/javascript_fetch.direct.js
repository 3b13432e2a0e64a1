const query = new URLSearchParams([
  ['id', '1'],
  ['id', '2'],
  ['by', 'a-b_c.d'],
]);

const response = await fetch(`https://api.stripe.com/v1/things?${query}`, {
  method: 'DELETE',
});

console.log(response.status, await response.text());
