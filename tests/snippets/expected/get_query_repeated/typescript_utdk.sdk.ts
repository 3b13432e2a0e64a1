import stripe from '@utdk/stripe';

await stripe.postcheckoutsessionssession({
  id: ['1', '2'],
  by: 'a-b_c.d',
})
