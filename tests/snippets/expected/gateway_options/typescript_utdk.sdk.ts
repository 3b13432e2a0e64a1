// The package calls with its defaults; this page's choice is: server https://eu.example.com/v1, media_type text/plain
import stripe from '@utdk/stripe';

await stripe.postcheckoutsessionssession({ q: 'it\'s' })
