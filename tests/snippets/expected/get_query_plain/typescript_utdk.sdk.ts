import stripe from '@utdk/stripe';

await stripe.postcheckoutsessionssession({
  limit: 3,
  starting_after: 'cus_1',
})
