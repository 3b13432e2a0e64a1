// JavaScript does not keep this spelling of a number: 12345678901234567890
import stripe from '@utdk/stripe';

await stripe.postcheckoutsessionssession({
  c: 12345678901234567890,
  f: 0.1,
})
