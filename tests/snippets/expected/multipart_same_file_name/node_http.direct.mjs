// Reads a.txt, a_2.txt from the folder it is run in.
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';

const call = request('https://api.stripe.com/v1/things', {
  method: 'POST',
  headers: {
    'Content-Type': 'multipart/form-data; boundary=boundary-1f',
  },
});
call.end(Buffer.concat([
  Buffer.from('--boundary-1f\r\nContent-Disposition: form-data; name="f"; filename="-a.txt"\r\nContent-Type: text/plain\r\n\r\n'),
  await readFile('a.txt'),
  Buffer.from('\r\n--boundary-1f\r\nContent-Disposition: form-data; name="f"; filename="-a.txt"\r\nContent-Type: text/plain\r\n\r\n'),
  await readFile('a_2.txt'),
  Buffer.from('DQotLWJvdW5kYXJ5LTFmLS0NCg==', 'base64'),
]));

const [response] = await once(call, 'response');
console.log(response.statusCode, await text(response));
