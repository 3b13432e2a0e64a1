import { once } from 'node:events';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';

const call = request('http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession', {
  method: 'POST',
  headers: {
    'Content-Type': 'application/json',
    Authorization: `Bearer ${process.env.STRIPE_API_KEY}`,
  },
});
call.end(JSON.stringify({
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
}));

const [response] = await once(call, 'response');
console.log(response.statusCode, await text(response));
