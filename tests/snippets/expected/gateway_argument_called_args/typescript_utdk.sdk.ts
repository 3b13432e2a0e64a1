import stripe from '@utdk/stripe';

await stripe.postcheckoutsessionssession({ args: { q: 1 } })
