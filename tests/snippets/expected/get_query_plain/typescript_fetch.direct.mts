const query = new URLSearchParams({
  limit: '3',
  starting_after: 'cus_1',
});

const response = await fetch(`https://api.stripe.com/v1/customers?${query}`, {
  method: 'GET',
  headers: {
    Authorization: `Bearer ${process.env.STRIPE_API_KEY}`,
  },
});

const answer: string = await response.text();
console.log(response.status, answer);
