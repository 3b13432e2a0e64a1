import stripe from '@utdk/stripe';

await stripe.postcheckoutsessionssession({
  expand: ['data.customer'],
  filter: { status: 'é&=' },
  note: '#\'',
})
