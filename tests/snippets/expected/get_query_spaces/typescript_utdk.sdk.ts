import stripe from '@utdk/stripe';

await stripe.postcheckoutsessionssession({ q: 'a b', page: '1' })
