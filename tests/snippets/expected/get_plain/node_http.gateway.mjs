import { once } from 'node:events';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';

const call = request('http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession', {
  method: 'POST',
  headers: {
    'Content-Type': 'application/json',
  },
});
call.end(JSON.stringify({}));

const [response] = await once(call, 'response');
console.log(response.statusCode, await text(response));
