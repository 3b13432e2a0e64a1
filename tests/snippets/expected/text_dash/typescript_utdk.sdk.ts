import stripe from '@utdk/stripe';

await stripe.postcheckoutsessionssession({ body: '-X DELETE=1' })
