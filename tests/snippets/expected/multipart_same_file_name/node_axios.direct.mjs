// npm install axios
// Reads a.txt, a_2.txt from the folder it is run in.
import { readFile } from 'node:fs/promises';
import axios from 'axios';

const form = new FormData();
form.append('f', new Blob([await readFile('a.txt')], { type: 'text/plain' }), '-a.txt');
form.append('f', new Blob([await readFile('a_2.txt')], { type: 'text/plain' }), '-a.txt');

const response = await axios({
  method: 'POST',
  url: 'https://api.stripe.com/v1/things',
  data: form,
});

console.log(response.status, response.data);
