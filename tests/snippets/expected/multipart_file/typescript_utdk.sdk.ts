// Reads photo.png from the folder it is run in.
import { readFile } from 'node:fs/promises';
import stripe from '@utdk/stripe';

await stripe.postcheckoutsessionssession({
  title: 'Zoë',
  photo: {
    filename: 'photo.png',
    content_type: 'image/png',
    content: await readFile('photo.png', 'base64'),
  },
})
