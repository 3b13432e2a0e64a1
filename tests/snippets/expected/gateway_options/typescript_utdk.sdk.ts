import stripe from '@utdk/stripe';

await stripe.postcheckoutsessionssession({ q: 'it\'s' }, {
  server: 'https://eu.example.com/v1',
  mediaType: 'text/plain',
})
