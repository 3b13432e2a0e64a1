import stripe from '@utdk/stripe';

await stripe.postcheckoutsessionssession({
  pipes: ['a', 'b'],
  spaces: ['a', 'b'],
  commas: ['a', 'b'],
  deep: { a: { b: 'c' } },
})
