import stripe from '@utdk/stripe';

await stripe.postcheckoutsessionssession({ tags: ['a b', 'c&d'] })
