import { once } from 'node:events';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';

const call = request('https://api.stripe.com/v1/things', {
  method: 'GET',
  headers: {
    'X-Client-Secret': process.env.STRIPE_API_KEY,
    'X-Page': '2',
    Cookie: `theme=dark; token=${process.env.MAPS_KEY}; a=b`,
  },
});
call.end();

const [response] = await once(call, 'response');
console.log(response.statusCode, await text(response));
