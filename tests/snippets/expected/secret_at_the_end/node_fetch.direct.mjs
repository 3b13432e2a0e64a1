const response = await fetch(`https://api.stripe.com/v1/keys?limit=3&key=${encodeURIComponent(process.env.MAPS_KEY)}&passwd=${encodeURIComponent(process.env.STRIPE_PASSWD)}`, {
  method: 'DELETE',
});

console.log(response.status, await response.text());
