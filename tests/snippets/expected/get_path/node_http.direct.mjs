import { once } from 'node:events';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';

const call = request('https://api.stripe.com/v1/a%20b%2Fc;v=1+x/%C3%A9/%24%28touch%20canary%29/$(touch)', {
  method: 'GET',
});
call.end();

const [response] = await once(call, 'response');
console.log(response.statusCode, await text(response));
