// npm install axios
// Reads photo.png from the folder it is run in.
import { readFile } from 'node:fs/promises';
import axios from 'axios';

const form = new FormData();
form.append('title', 'Zoë');
form.append('photo', new Blob([await readFile('photo.png')], { type: 'image/png' }), 'photo.png');

const response = await axios({
  method: 'POST',
  url: 'https://api.stripe.com/v1/things',
  data: form,
});

console.log(response.status, response.data);
