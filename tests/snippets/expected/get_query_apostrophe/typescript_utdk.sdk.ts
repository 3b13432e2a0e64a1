import stripe from '@utdk/stripe';

await stripe.postcheckoutsessionssession({ name: 'O\'Neil' })
