// fetch cannot send content with GET; it is left out here.
const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'GET',
  headers: {
    'Content-Type': 'application/json',
  },
});

const answer: string = await response.text();
console.log(response.status, answer);
