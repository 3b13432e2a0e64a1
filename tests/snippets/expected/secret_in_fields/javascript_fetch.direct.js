// A browser does not let a page set Cookie; it is left out here.
const STRIPE_API_KEY = prompt('STRIPE_API_KEY');

const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'GET',
  headers: {
    'X-Client-Secret': STRIPE_API_KEY,
    'X-Page': '2',
  },
});

console.log(response.status, await response.text());
