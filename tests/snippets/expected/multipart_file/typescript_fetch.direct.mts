// Reads photo.png from the folder it is run in.
import { readFile } from 'node:fs/promises';

const form = new FormData();
form.append('title', 'Zoë');
form.append('photo', new Blob([await readFile('photo.png')], { type: 'image/png' }), 'photo.png');

const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'POST',
  body: form,
});

const answer: string = await response.text();
console.log(response.status, answer);
