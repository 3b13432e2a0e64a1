// Reads my_photo.png from the folder it is run in.
import { readFile } from 'node:fs/promises';
import stripe from '@utdk/stripe';

await stripe.postcheckoutsessionssession({
  body: {
    filename: 'my photo.png',
    content_type: 'application/octet-stream',
    content: await readFile('my_photo.png', 'base64'),
  },
})
