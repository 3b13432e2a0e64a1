import { once } from 'node:events';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';

const call = request('https://api.stripe.com/v1/things?order=2&pipes=a%7Cb&spaces=a%20b&commas=a,b&order=1&deep%5Ba%5D%5Bb%5D=c', {
  method: 'GET',
});
call.end();

const [response] = await once(call, 'response');
console.log(response.statusCode, await text(response));
