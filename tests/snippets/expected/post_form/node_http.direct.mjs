import { once } from 'node:events';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';

const call = request('https://api.stripe.com/v1/checkout/sessions/cs_test_a1B2c3', {
  method: 'POST',
  headers: {
    Authorization: `Bearer ${process.env.STRIPE_API_KEY}`,
    'Content-Type': 'application/x-www-form-urlencoded',
  },
});
call.end(new URLSearchParams({
  'line_items[0][price_data][currency]': 'usd',
  'line_items[0][price_data][unit_amount]': '1500',
  'line_items[0][quantity]': '2',
  'metadata[order]': '6735',
}).toString());

const [response] = await once(call, 'response');
console.log(response.statusCode, await text(response));
