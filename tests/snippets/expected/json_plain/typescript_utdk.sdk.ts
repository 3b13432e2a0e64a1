import stripe from '@utdk/stripe';

await stripe.postcheckoutsessionssession({
  name: 'Ada',
  tags: ['a', 'b'],
  none: null,
  yes: true,
})
