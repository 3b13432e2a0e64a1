const STRIPE_API_KEY = prompt('STRIPE_API_KEY');
const query = new URLSearchParams({
  limit: '3',
  starting_after: 'cus_1',
});

const response = await fetch(`https://api.stripe.com/v1/customers?${query}`, {
  method: 'GET',
  headers: {
    Authorization: `Bearer ${STRIPE_API_KEY}`,
  },
});

console.log(response.status, await response.text());
