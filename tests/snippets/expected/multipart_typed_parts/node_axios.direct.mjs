// npm install axios
// Reads raw from the folder it is run in.
import { readFile } from 'node:fs/promises';
import axios from 'axios';

const response = await axios({
  method: 'POST',
  url: 'https://api.stripe.com/v1/things',
  headers: {
    'Content-Type': 'multipart/form-data; boundary=boundary-1f',
  },
  data: Buffer.concat([
    Buffer.from('--boundary-1f\r\nContent-Disposition: form-data; name="meta"\r\nContent-Type: application/json\r\nX-Part: 1\r\n\r\n{"a":1}\r\n--boundary-1f\r\nContent-Disposition: form-data; name="f"; filename="raw"\r\n\r\n'),
    await readFile('raw'),
    Buffer.from('DQotLWJvdW5kYXJ5LTFmLS0NCg==', 'base64'),
  ]),
});

console.log(response.status, response.data);
