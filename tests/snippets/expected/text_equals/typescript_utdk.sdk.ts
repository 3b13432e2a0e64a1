import stripe from '@utdk/stripe';

await stripe.postcheckoutsessionssession({ body: '=1+1' })
