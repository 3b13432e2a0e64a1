import { once } from 'node:events';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';

const call = request('https://api.stripe.com/v1/things', {
  method: 'GET',
  headers: {
    Cookie: 'theme=dark; it=it\'s; list=%5B%22a%22%5D; $x=`y`',
  },
});
call.end();

const [response] = await once(call, 'response');
console.log(response.statusCode, await text(response));
