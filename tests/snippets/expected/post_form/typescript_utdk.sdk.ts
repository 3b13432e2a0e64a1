import stripe from '@utdk/stripe';

await stripe.postcheckoutsessionssession({
  session: 'cs_test_a1B2c3',
  line_items: [
    {
      quantity: 2,
      price_data: {
        currency: 'usd',
        unit_amount: 1500,
        product: 'prod_123',
      },
    },
  ],
  metadata: { order: '6735' },
})
