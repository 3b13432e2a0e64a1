import stripe from '@utdk/stripe';

await stripe.postcheckoutsessionssession({
  empty: '',
  a: ['&=+%#', '2'],
  f: { status: 'x y z' },
  u: 'é',
})
