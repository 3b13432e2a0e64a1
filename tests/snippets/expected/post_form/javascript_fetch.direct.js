const STRIPE_API_KEY = prompt('STRIPE_API_KEY');

const response = await fetch('https://api.stripe.com/v1/checkout/sessions/cs_test_a1B2c3', {
  method: 'POST',
  headers: {
    Authorization: `Bearer ${STRIPE_API_KEY}`,
    'Content-Type': 'application/x-www-form-urlencoded',
  },
  body: new URLSearchParams({
    'line_items[0][price_data][currency]': 'usd',
    'line_items[0][price_data][unit_amount]': '1500',
    'line_items[0][quantity]': '2',
    'metadata[order]': '6735',
  }),
});

console.log(response.status, await response.text());
