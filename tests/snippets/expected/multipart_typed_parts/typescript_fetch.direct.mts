// Reads raw from the folder it is run in.
import { readFile } from 'node:fs/promises';

const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'POST',
  headers: {
    'Content-Type': 'multipart/form-data; boundary=boundary-1f',
  },
  body: Buffer.concat([
    Buffer.from('--boundary-1f\r\nContent-Disposition: form-data; name="meta"\r\nContent-Type: application/json\r\nX-Part: 1\r\n\r\n{"a":1}\r\n--boundary-1f\r\nContent-Disposition: form-data; name="f"; filename="raw"\r\n\r\n'),
    await readFile('raw'),
    Buffer.from('DQotLWJvdW5kYXJ5LTFmLS0NCg==', 'base64'),
  ]),
});

const answer: string = await response.text();
console.log(response.status, answer);
