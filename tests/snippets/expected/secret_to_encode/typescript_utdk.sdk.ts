import stripe from '@utdk/stripe';

await stripe.postcheckoutsessionssession({ q: 1, page: 2 })
