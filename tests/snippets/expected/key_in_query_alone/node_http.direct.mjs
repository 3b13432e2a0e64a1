import { once } from 'node:events';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';

const call = request(`https://api.stripe.com/v1/maps?key=${encodeURIComponent(process.env.MAPS_KEY)}`, {
  method: 'GET',
});
call.end();

const [response] = await once(call, 'response');
console.log(response.statusCode, await text(response));
