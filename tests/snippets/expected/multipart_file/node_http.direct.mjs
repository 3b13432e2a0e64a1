// Reads photo.png from the folder it is run in.
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
  Buffer.from('--boundary-1f\r\nContent-Disposition: form-data; name="title"\r\n\r\nZoë\r\n--boundary-1f\r\nContent-Disposition: form-data; name="photo"; filename="photo.png"\r\nContent-Type: image/png\r\n\r\n'),
  await readFile('photo.png'),
  Buffer.from('DQotLWJvdW5kYXJ5LTFmLS0NCg==', 'base64'),
]));

const [response] = await once(call, 'response');
console.log(response.statusCode, await text(response));
