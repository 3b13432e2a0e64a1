import { once } from 'node:events';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';

const call = request(`https://api.stripe.com/v1/keys/${encodeURIComponent(process.env.STRIPE_PASSWD)}/uses;by=a?limit=3&passwd=${encodeURIComponent(process.env.MAPS_KEY)}&page=2`, {
  method: 'GET',
});
call.end();

const [response] = await once(call, 'response');
console.log(response.statusCode, await text(response));
