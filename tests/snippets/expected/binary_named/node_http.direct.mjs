// Reads my_photo.png from the folder it is run in.
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';

const call = request('https://api.stripe.com/v1/things', {
  method: 'PUT',
  headers: {
    'Content-Type': 'image/png',
  },
});
call.end(await readFile('my_photo.png'));

const [response] = await once(call, 'response');
console.log(response.statusCode, await text(response));
