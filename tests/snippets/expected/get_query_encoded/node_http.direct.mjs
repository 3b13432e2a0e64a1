import { once } from 'node:events';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';

const call = request('https://api.stripe.com/v1/search?expand%5B%5D=data.customer&filter%5Bstatus%5D=%C3%A9%26%3D&note=%23%27', {
  method: 'GET',
});
call.end();

const [response] = await once(call, 'response');
console.log(response.statusCode, await text(response));
