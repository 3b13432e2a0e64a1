// Reads txt from the folder it is run in.
import { readFile } from 'node:fs/promises';

const form = new FormData();
form.append('f', new Blob([await readFile('txt')], { type: 'text/plain' }), 'he"l\'lo;$(touch canary)`touch canary`\\.txt');

const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'POST',
  body: form,
});

const answer: string = await response.text();
console.log(response.status, answer);
