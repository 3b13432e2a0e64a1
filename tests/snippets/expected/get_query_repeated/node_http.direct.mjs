import { once } from 'node:events';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';

const call = request('https://api.stripe.com/v1/things?id=1&id=2&by=a-b_c.d', {
  method: 'DELETE',
});
call.end();

const [response] = await once(call, 'response');
console.log(response.statusCode, await text(response));
