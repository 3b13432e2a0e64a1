// npm install axios
// Reads txt from the folder it is run in.
import { readFile } from 'node:fs/promises';
import axios from 'axios';

const form = new FormData();
form.append('f', new Blob([await readFile('txt')], { type: 'text/plain' }), 'he"l\'lo;$(touch canary)`touch canary`\\.txt');

const response = await axios({
  method: 'POST',
  url: 'https://api.stripe.com/v1/things',
  data: form,
});

console.log(response.status, response.data);
