import stripe from '@utdk/stripe';

await stripe.postcheckoutsessionssession({ a: 'x y/z\'' })
