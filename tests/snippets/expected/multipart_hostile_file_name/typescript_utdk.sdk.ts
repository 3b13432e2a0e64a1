// Reads he_l_lo_touch_canary_.txt from the folder it is run in.
import { readFile } from 'node:fs/promises';
import stripe from '@utdk/stripe';

await stripe.postcheckoutsessionssession({
  f: {
    filename: '../he"l\'lo;$(touch canary).txt',
    content_type: 'application/octet-stream',
    content: await readFile('he_l_lo_touch_canary_.txt', 'base64'),
  },
})
