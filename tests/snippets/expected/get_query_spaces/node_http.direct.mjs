import { once } from 'node:events';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';

const call = request('https://api.stripe.com/v1/things?q=a%20b&page=1', {
  method: 'GET',
});
call.end();

const [response] = await once(call, 'response');
console.log(response.statusCode, await text(response));
