import stripe from '@utdk/stripe';

await stripe.postcheckoutsessionssession({ path: 'a b/c;v=1+x' })
