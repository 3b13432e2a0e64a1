// This is the wrapped form of a call, which gateways other than Playground's may not know.
import { once } from 'node:events';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';

const call = request('http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession', {
  method: 'POST',
  headers: {
    'Content-Type': 'application/json',
  },
});
call.end(JSON.stringify({
  args: { q: 'it\'s' },
  credential: {
    type: 'bearer_token',
    token: process.env.STRIPE_API_KEY,
  },
  options: {
    server: 'https://eu.example.com/v1',
    media_type: 'text/plain',
  },
}));

const [response] = await once(call, 'response');
console.log(response.statusCode, await text(response));
