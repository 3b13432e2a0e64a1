// fetch cannot send content with GET; it is left out here.
const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'GET',
  headers: {
    'Content-Type': 'application/json',
  },
});

console.log(response.status, await response.text());
