// npm install axios
import axios from 'axios';

const response = await axios({
  method: 'POST',
  url: 'https://api.stripe.com/v1/checkout/sessions/cs_test_a1B2c3',
  headers: {
    Authorization: `Bearer ${process.env.STRIPE_API_KEY}`,
    'Content-Type': 'application/x-www-form-urlencoded',
  },
  data: new URLSearchParams({
    'line_items[0][price_data][currency]': 'usd',
    'line_items[0][price_data][unit_amount]': '1500',
    'line_items[0][quantity]': '2',
    'metadata[order]': '6735',
  }),
});

console.log(response.status, response.data);
