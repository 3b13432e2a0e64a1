// Reads my_photo.png from the folder it is run in.
import { readFile } from 'node:fs/promises';

const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'PUT',
  headers: {
    'Content-Type': 'image/png',
  },
  body: await readFile('my_photo.png'),
});

const answer: string = await response.text();
console.log(response.status, answer);
