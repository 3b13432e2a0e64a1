const STRIPE_API_KEY = prompt('STRIPE_API_KEY');

const response = await fetch('http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession', {
  method: 'POST',
  headers: {
    'Content-Type': 'application/json',
    Authorization: `Bearer ${STRIPE_API_KEY}`,
  },
  body: JSON.stringify({
    session: 'cs_test_a1B2c3',
    line_items: [
      {
        quantity: 2,
        price_data: {
          currency: 'usd',
          unit_amount: 1500,
          product: 'prod_123',
        },
      },
    ],
    metadata: { order: '6735' },
  }),
});

console.log(response.status, await response.text());
