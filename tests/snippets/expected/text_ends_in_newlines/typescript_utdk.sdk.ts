import stripe from '@utdk/stripe';

await stripe.postcheckoutsessionssession({ body: 'two\n\nlines\n\n' })
