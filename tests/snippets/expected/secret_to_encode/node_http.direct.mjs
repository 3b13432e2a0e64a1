import { once } from 'node:events';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';

const call = request(`https://api.stripe.com/v1/pins/${encodeURIComponent(process.env.STRIPE_PIN)}?pin=${encodeURIComponent(process.env.STRIPE_QUERY_PIN)}&page=2`, {
  method: 'POST',
  headers: {
    Authorization: `Bearer ${process.env.STRIPE_API_KEY}`,
    'Content-Type': 'application/json',
  },
});
call.end(JSON.stringify({ q: 1 }));

const [response] = await once(call, 'response');
console.log(response.statusCode, await text(response));
