import stripe from '@utdk/stripe';

await stripe.postcheckoutsessionssession({
  body: 'a\u202Eb\u200Bc\xA0d\uFEFF\t\x1B[2J\r\n\x00\x7Fa\u202Eb\u200Bc\xA0d\uFEFF',
})
