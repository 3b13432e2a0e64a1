import { once } from 'node:events';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';

const call = request('https://api.stripe.com/v1/things', {
  method: 'POST',
  headers: {
    'Content-Type': 'application/x-www-form-urlencoded',
  },
});
call.end(new URLSearchParams([
  ['tags', 'a b'],
  ['tags', 'c&d'],
  ['amp', 'x&y=z+w'],
  ['empty', ''],
  ['7', '7'],
]).toString());

const [response] = await once(call, 'response');
console.log(response.statusCode, await text(response));
