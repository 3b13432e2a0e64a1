import stripe from '@utdk/stripe';

await stripe.postcheckoutsessionssession({ at: '\'1\'' })
