import { once } from 'node:events';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';

const body = JSON.stringify({ q: 1 });
const call = request('https://api.stripe.com/v1/things', {
  method: 'GET',
  headers: {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
  },
});
call.end(body);

const [response] = await once(call, 'response');
console.log(response.statusCode, await text(response));
