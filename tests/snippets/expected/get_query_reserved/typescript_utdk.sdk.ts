import stripe from '@utdk/stripe';

await stripe.postcheckoutsessionssession({ filter: { a: '1,2' } })
