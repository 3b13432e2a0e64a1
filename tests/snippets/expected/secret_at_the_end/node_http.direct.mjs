import { once } from 'node:events';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';

const call = request(`https://api.stripe.com/v1/keys?limit=3&key=${encodeURIComponent(process.env.MAPS_KEY)}&passwd=${encodeURIComponent(process.env.STRIPE_PASSWD)}`, {
  method: 'DELETE',
});
call.end();

const [response] = await once(call, 'response');
console.log(response.statusCode, await text(response));
