// npm install axios
// Reads my_photo.png from the folder it is run in.
import { readFile } from 'node:fs/promises';
import axios from 'axios';

const response = await axios({
  method: 'PUT',
  url: 'https://api.stripe.com/v1/things',
  headers: {
    'Content-Type': 'image/png',
  },
  data: await readFile('my_photo.png'),
});

console.log(response.status, response.data);
