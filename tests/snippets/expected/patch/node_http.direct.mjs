import { once } from 'node:events';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';

const call = request('https://api.stripe.com/v1/things', {
  method: 'PATCH',
  headers: {
    Authorization: `Bearer ${process.env.STRIPE_API_KEY}`,
    'Content-Type': 'application/json',
  },
});
call.end(JSON.stringify({ name: 'Zoë' }));

const [response] = await once(call, 'response');
console.log(response.statusCode, await text(response));
