// npm install axios
import axios from 'axios';

const response = await axios({
  method: 'POST',
  url: 'http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession',
  headers: {
    'Content-Type': 'application/json',
    Authorization: `Bearer ${process.env.STRIPE_API_KEY}`,
  },
  data: {
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
    },
});

console.log(response.status, response.data);
