import { once } from 'node:events';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';

const call = request('https://api.stripe.com/v1/customers?limit=3&starting_after=cus_1', {
  method: 'GET',
  headers: {
    Authorization: `Bearer ${process.env.STRIPE_API_KEY}`,
  },
});
call.end();

const [response] = await once(call, 'response');
console.log(response.statusCode, await text(response));
