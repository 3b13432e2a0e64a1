import { once } from 'node:events';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';

const call = request('https://api.stripe.com/v1/things', {
  method: 'POST',
  headers: {
    'Content-Type': 'application/x-www-form-urlencoded',
  },
});
call.end([
  'line_items[0][price_data][currency]=usd',
  'line_items[0][quantity]=2',
  'name=It%27s',
  '',
  '',
].join('&'));

const [response] = await once(call, 'response');
console.log(response.statusCode, await text(response));
