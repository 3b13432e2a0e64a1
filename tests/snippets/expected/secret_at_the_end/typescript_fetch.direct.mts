const response = await fetch(`https://api.stripe.com/v1/keys?limit=3&key=${encodeURIComponent(process.env.MAPS_KEY!)}&passwd=${encodeURIComponent(process.env.STRIPE_PASSWD!)}`, {
  method: 'DELETE',
});

const answer: string = await response.text();
console.log(response.status, answer);
