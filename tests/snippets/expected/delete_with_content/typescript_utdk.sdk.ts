import stripe from '@utdk/stripe';

await stripe.postcheckoutsessionssession({ hard: true })
